"""Copy release/ out of the private repository; its badges must resolve there, and nothing of source/ may be there."""

import os
import re
from pathlib import Path

from coursework.authoring.leaks import solution_lines
from coursework.authoring.preprocessors import COLAB
from coursework.core.course import Course, StaffError, read_notebook
from coursework.core.files import write_whole

# What is in source/ and bank/ and in nothing that is public.
PRIVATE = re.compile(rb"BEGIN SOLUTION|BEGIN HIDDEN TESTS|BEGIN MARK SCHEME|^# misconception: ", re.M)
BADGE = re.compile(re.escape(f"{COLAB}/github/") + r"([^)\s]+)")


def publish(course: Course, assignment: str, target: Path) -> list[str]:
    """Copy one released assignment into `target` (a folder or a clone of the public repository).

    `badge_base` is owner/repository/blob/branch/prefix; the notebook lands in `target`/prefix, where its badge points.

    Returns:
        Lines that say what was copied, and which assignments are public there already.

    Raises:
        StaffError: Before anything is copied, when the badge points elsewhere, a line of the assignment's own solution
            would be readable, or `target` holds something that is not for the public already.
    """
    base = course.settings.badge_base.strip("/")
    parts = base.split("/")
    if len(parts) < 4 or parts[2] != "blob":
        raise StaffError(
            "set c.CourseworkSettings.badge_base to owner/repository/blob/branch/prefix, then release again"
        )
    path = course.released(assignment)
    if not path.exists():
        raise StaffError(f"{assignment} has no release: run `coursework release {assignment}` first")
    nb = read_notebook(path)
    badges = [b for cell in nb.cells for b in BADGE.findall(cell.source)]
    wanted = f"{base}/{assignment}/{path.name}"
    if badges != [wanted]:
        raise StaffError(f"{path.name}: its badge is {badges or 'missing'}, expected {wanted}: release it again")
    secret = {line for cell in read_notebook(course.source(assignment)).cells for line in solution_lines(cell.source)}
    lines = {line.strip() for cell in nb.cells for line in cell.source.splitlines()}
    if shown := lines & secret:
        raise StaffError(f"{path.name} shows a solution line: {sorted(shown)[0][:60]}")
    if found := _private(target, course.assignments):
        raise StaffError(f"{found}: {target} is not a public copy; remove it there, and from its git history")
    public = target.joinpath(*parts[4:])
    for file in sorted(path.parent.rglob("*")):
        inside = file.relative_to(path.parent)
        if file.is_file() and not any(part.startswith(".") for part in inside.parts):
            write_whole(public / assignment / inside, file.read_bytes())  # students may fetch it at this moment
    return [f"✓ {public / assignment}", *_public_already(course, public, assignment)]


def _public_already(course: Course, public: Path, assignment: str) -> list[str]:
    """One line for each other assignment in `public`, and whether it is what release/ has."""
    said = []
    for other in course.assignments:
        copy, ours = public / other / f"{other}.ipynb", course.released(other)
        if other != assignment and copy.exists():
            same = ours.exists() and ours.read_bytes() == copy.read_bytes()
            said.append(f"  {other} is public already" + ("" if same else ", and differs from release/ here"))
    return said


def _private(target: Path, assignments: list[str]) -> str:
    """What in `target` is not for the public: a folder of answers, or a text with our markers; "" if nothing."""
    for here, folders, files in os.walk(target):
        folders[:] = sorted(f for f in folders if f != ".git")
        for name in ("bank", "source", "variants"):
            inside = Path(here, name)
            ours = Path(here) == target or any((inside / assignment).exists() for assignment in assignments)
            if name in folders and ours:
                return f"{inside} is there"
        for file in sorted(files):
            path = Path(here, file)
            if path.is_file() and (marker := PRIVATE.search(_text(path))):
                return f"{path} has {marker[0].decode().strip()!r} in it"
    return ""


def _text(path: Path) -> bytes:
    """The content of a text file; nothing of another one."""
    with path.open("rb") as file:
        head = file.read(8192)
        return b"" if b"\0" in head else head + file.read()
