"""Archives of feedback in the shapes that learning systems take for many students at once.

- Canvas, Gradebook or assignment, "Upload Submissions": the zip of "Download Submissions" with other files of the same
  names. It finds people by the first two numbers between underscores, the user's and the attachment's, and adds the
  file to the submission as a comment (`infer_comment_context_from_filename` in instructure/canvas-lms).
- Moodle, assignment, "Upload multiple feedback files in a zip": folders `Name_number_assignfeedback_file_`, where the
  number is the participant's of this assignment, as the download's folders have it
  (mod/assign/feedback/file/importziplib.php in moodle/moodle).

Gradescope takes no feedback files: there the results.json of `coursework grades --shape gradescope` is what it shows.
"""

import re
import zipfile
from collections.abc import Callable
from pathlib import Path, PurePosixPath

from coursework.core.course import StaffError
from coursework.intake.systems.canvas import NAME as CANVAS
from coursework.returning.delivery import Parcel, Return

MOODLE = re.compile(r"^(?P<who>[^/]+?)_(?P<number>\d+)_assignsubmission_(?:file|onlinetext)(?:_.*)?$")
NO_CANVAS = "its submission does not come from Canvas's download, by whose names Canvas finds people"
NO_MOODLE = "its submission does not come from Moodle's download, by whose folders Moodle finds people"


def canvas(parcel: Parcel, file: str) -> str | None:
    """The name in Canvas's zip; None where the submission has none."""
    for part in reversed([*PurePosixPath(parcel.inbox).parts, parcel.original]):
        match = CANVAS.match(part)
        numbers = [n for n in part.split("_") if n.isdecimal()]
        if match and match["file"] and len(numbers) > 1:
            late = "LATE_" if match["late"] else ""
            return f"{match['squeezed']}_{late}{numbers[0]}_{numbers[1]}_{file}"
    return None


def moodle(parcel: Parcel, file: str) -> str | None:
    """The name in Moodle's zip; None where the submission has none."""
    for part in PurePosixPath(parcel.inbox).parts:
        if match := MOODLE.match(part):
            return f"{match['who']}_{match['number']}_assignfeedback_file_/{file}"
    return None


SHAPES: dict[str, tuple[Callable[[Parcel, str], str | None], str]] = {
    "canvas": (canvas, NO_CANVAS),
    "moodle": (moodle, NO_MOODLE),
}


def place(found: Return) -> dict[str, tuple[Parcel, Path]]:
    """name in the archive → whose file; a student without a name there moves to `left_out`."""
    if found.way not in SHAPES:
        raise StaffError(f"there is no archive for {found.way}: name {' or '.join(SHAPES)}")
    shape, why = SHAPES[found.way]
    names: dict[str, tuple[Parcel, Path]] = {}
    kept = []
    for parcel in found.parcels:
        files = [(shape(parcel, name), path) for name, path in parcel.files]
        if any(name is None for name, _ in files):
            found.left_out.append((parcel.student.id, why))
            continue
        kept.append(parcel)
        for name, path in files:
            assert name is not None
            one = PurePosixPath(name)
            if name in names:  # of a group the system gives everybody the same name
                name = str(one.with_name(f"{one.stem}-{parcel.student.id}{one.suffix}"))
            names[name] = (parcel, path)
    found.parcels = kept
    return names


def write(found: Return, path: Path) -> dict[str, Parcel]:
    """Write the archive, whole or not at all; name in it → whose."""
    names = place(found)
    if not names:
        return {}
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    try:
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, (_, file) in sorted(names.items()):
                archive.write(file, name)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return {name: parcel for name, (parcel, _) in names.items()}
