"""From a pile of files to submitted/: who handed in what, artefacts out, answers into the pristine skeleton.

Nothing is executed here, and no archive is unpacked to where it says. A hand-in appears in submitted/ whole or not at
all.
"""

import hashlib
import json
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

import nbformat
from rich.console import Console
from rich.table import Table

from coursework.archives import Found, Refused, UnsafeArchive, walk
from coursework.artefacts import SAFE_NAME, extract
from coursework.course import StaffError
from coursework.files import write_json
from coursework.names import BadName, HandInName, parse_hand_in_name, student_id
from coursework.repair import Record, read, repair

MAX_EXTRA = 30 * 2**20  # bytes of the files that come with one notebook


@dataclass
class Taken:
    """One hand-in that was taken: `new` is False when the very same was there already."""

    student: str
    assignment: str
    file: str
    odd: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    look: bool = False
    new: bool = True


@dataclass
class Report:
    taken: list[Taken] = field(default_factory=list)
    held: list[tuple[str, str]] = field(default_factory=list)  # (file, why it waits for a human)
    refused: list[tuple[str, str]] = field(default_factory=list)  # (file, why it was not placed)

    @property
    def exit_code(self) -> int:
        """0 all placed, 3 some need a look."""
        return 3 if self.held or self.refused or any(t.look for t in self.taken) else 0


@dataclass
class _Pending:
    name: HandInName
    found: Found
    odd: list[str]
    companions: dict[str, bytes] = field(default_factory=dict)


def _own_assignment(payload: bytes) -> str | None:
    """The assignment that the notebook itself says it is."""
    try:
        about = json.loads(payload).get("metadata", {}).get("coursework", {})
        return about.get("assignment") if isinstance(about.get("assignment"), str) else None
    except (ValueError, AttributeError, RecursionError):
        return None


def _identify(found: Found, assignments: Sequence[str], refuse_bad_names: bool) -> _Pending:
    """Who and what; raises BadName."""
    own = _own_assignment(found.payload)
    try:
        name = parse_hand_in_name(found.path.name, list(assignments))
    except BadName:
        # The notebook knows its assignment better than its name does: Doe_Jane_homework1.ipynb can still be placed.
        stem, bar, _ = found.path.stem.rpartition("_")
        if own not in assignments or not bar or refuse_bad_names:
            raise
        name = parse_hand_in_name(f"{stem}_{own}.ipynb", list(assignments))
        name.odd.append(f"the file name does not say {own}, the notebook does")
    odd = [f"file name: {o}" for o in name.odd]
    if refuse_bad_names and odd:
        raise BadName(f"{found.path.name} breaks the naming rule ({'; '.join(name.odd)})")
    if own in assignments and own != name.assignment:
        odd.append(f"the name says {name.assignment}, the notebook is {own}")
        name.assignment = str(own)
    return _Pending(name, found, odd)


def collect(
    inbox: Path,
    *,
    assignments: Sequence[str],
    submitted: Path,
    released: Callable[[str], Path],
    refuse_bad_names: bool = False,
) -> Report:
    """Take every hand-in of `inbox` (a folder or a zip) that can be placed; say what happened to each file.

    `released(assignment)` is the pristine notebook. Raises StaffError when the inbox cannot be read at all.
    """
    if not inbox.exists():
        raise StaffError(f"{inbox} is not there: name the folder or zip with the hand-ins")
    if not inbox.is_dir() and inbox.suffix.lower() != ".zip":
        raise StaffError(f"{inbox} is no folder and no zip")
    report = Report()
    try:
        files = list(walk(inbox))
    except UnsafeArchive as error:
        raise StaffError(f"{inbox.name} is refused and nothing was taken: {error}") from None
    pending: dict[tuple[str, str], list[_Pending]] = {}
    others: list[Found] = []
    for item in files:
        if isinstance(item, Refused):
            report.refused.append((str(item.path), item.reason))
        elif item.path.suffix.lower() != ".ipynb":
            others.append(item)
        else:
            try:
                one = _identify(item, assignments, refuse_bad_names)
            except BadName as error:
                report.refused.append((str(item.path), str(error)))
            else:
                key = (student_id(one.name.last, one.name.first), one.name.assignment)
                pending.setdefault(key, []).append(one)
    _accompany(others, pending, report)
    for (student, assignment), several in sorted(pending.items()):
        if len({hashlib.sha256(p.found.payload).digest() for p in several}) > 1:
            names = ", ".join(str(p.found.path) for p in several)
            for one in several:
                why = f"{len(several)} different files for {student}, {assignment}: {names}; leave one of them"
                report.held.append((str(one.found.path), why))
            continue
        try:
            report.taken.append(_take(several[0], student, submitted / student / assignment, released(assignment)))
        except OSError as error:
            raise StaffError(f"{student} could not be written: {error}") from None
    return report


def _accompany(others: list[Found], pending: dict, report: Report) -> None:
    """Files beside a notebook go with it: by its name as prefix, or as the only hand-in of their folder."""
    flat = [p for several in pending.values() for p in several]
    for file in others:
        stem = file.path.stem.lower()
        owners = [p for p in flat if stem.startswith(f"{p.name.last}_{p.name.first}".lower())]
        if not owners:
            in_folder = [p for p in flat if p.found.path.parent == file.path.parent]
            owners = in_folder if len(in_folder) == 1 and file.path.parent != PurePosixPath() else []
        name = file.path.name
        if not owners:
            report.refused.append((str(file.path), "no hand-in that it belongs to"))
        elif len(file.payload) > MAX_EXTRA:
            report.refused.append((str(file.path), f"it is larger than {MAX_EXTRA // 2**20} MiB"))
        elif file.path.suffix.lower() != ".pdf":  # a print-out says nothing that the notebook does not
            for owner in owners:
                prefix = f"{owner.name.last}_{owner.name.first}_"
                short = name[len(prefix) :] if name.lower().startswith(prefix.lower()) else name
                if SAFE_NAME.match(short):
                    owner.companions[short] = file.payload
                else:
                    report.refused.append((str(file.path), "its name is no plain file name"))


def _take(one: _Pending, student: str, target: Path, released: Path) -> Taken:
    """Write one hand-in, unless the very same one is there."""
    skeleton = nbformat.read(released, as_version=4)
    nb, record = repair(one.found.payload, skeleton)
    artefacts, problems = _artefacts(one.found.payload)
    for problem in problems:
        record.add("artefact", None, f"In the saved outputs, {problem}.", look=True)
    handin = artefacts | one.companions  # a file beside the notebook wins
    taken = Taken(student, one.name.assignment, str(one.found.path), list(one.odd), sorted(handin), record.look)
    taken.odd += [r["text"] for r in record.repairs]
    original = one.found.path.name
    with tempfile.TemporaryDirectory(prefix=".collect-", dir=_parent(target)) as temporary:
        new = Path(temporary, "new")
        _write(new, nb, record, one, student, handin, original)
        if target.exists() and _content(new) == _content(target):
            taken.new = False
            return taken
        old = Path(temporary, "old")
        if target.exists():
            target.rename(old)
        new.rename(target)
    return taken


def _parent(target: Path) -> Path:
    target.parent.mkdir(parents=True, exist_ok=True)
    return target.parent


def _artefacts(payload: bytes) -> tuple[dict[str, bytes], list[str]]:
    try:
        return extract(read(payload)[0])
    except ValueError:
        return {}, []


def _write(
    folder: Path, nb: nbformat.NotebookNode, record: Record, one: _Pending, student: str, handin: dict, original: str
) -> None:
    assignment = one.name.assignment
    (folder / "original").mkdir(parents=True)
    (folder / "original" / original).write_bytes(one.found.payload)
    (folder / f"{assignment}.ipynb").write_text(nbformat.writes(nb), encoding="utf-8")
    (folder / "timestamp.txt").write_text(one.found.changed.strftime("%Y-%m-%d %H:%M:%S.%f UTC"))
    for name, payload in handin.items():
        (folder / "handin").mkdir(exist_ok=True)
        (folder / "handin" / name).write_bytes(payload)
    write_json(
        folder / "repair.json",
        {
            "student": student,
            "assignment": assignment,
            "original": f"original/{original}",
            "release": record.release,
            "gradable": record.gradable,
            "look": record.look,
            "repairs": record.repairs,
        },
    )


def _content(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def show(report: Report, console: Console) -> None:
    """Print what was taken, held back and not placed, and why."""
    table = Table("student", "assignment", "file", "", title="taken", title_justify="left")
    for t in report.taken:
        notes = [*t.odd, *(["brought " + ", ".join(t.files)] if t.files else []), *([] if t.new else ["unchanged"])]
        colour = "yellow" if t.look else "default"
        table.add_row(t.student, t.assignment, t.file, f"[{colour}]{'; '.join(notes)}[/]")
    if report.taken:
        console.print(table)
    for title, rows in (("held back", report.held), ("not placed", report.refused)):
        for file, why in rows:
            console.print(f"[yellow]{title}[/] {file}: {why}", soft_wrap=True)
    fresh = sum(t.new for t in report.taken)
    console.print(
        f"{len(report.taken)} hand-ins taken ({fresh} new or changed), {len(report.held)} held back, "
        f"{len(report.refused)} not placed."
    )
