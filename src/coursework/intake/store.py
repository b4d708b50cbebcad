"""Write one submission to submitted/: repaired, with artefacts, original and record; whole or not at all."""

import os
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from nbformat.notebooknode import NotebookNode

from coursework.core.cells import about_notebook
from coursework.core.course import Course, StaffError, read_notebook
from coursework.core.files import replace_folder, restore_folder
from coursework.core.verdicts import RepairRecord
from coursework.intake.attempts import Attempt
from coursework.intake.found import Found
from coursework.intake.repair import answered, repair, sentences


@dataclass(frozen=True)
class Submission:
    """One student's file with what came beside it, and the attempts that do not count."""

    student: str
    assignment: str
    found: Found
    companions: dict[str, Found] = field(default_factory=dict)
    others: list[Attempt] = field(default_factory=list)
    group: tuple[str, ...] = ()  # everybody whose submission this very file is
    artefacts: dict[str, bytes] = field(default_factory=dict)  # in its saved outputs
    broken: list[str] = field(default_factory=list)  # what is wrong with others


@dataclass(frozen=True)
class Stored:
    """A submission as it is in submitted/: its answers, what is `said` of its repairs, what came with it."""

    nb: NotebookNode
    record: RepairRecord
    answers: int
    said: list[str]
    files: list[str]
    new: bool


def store(course: Course, skeleton: NotebookNode, handed: Submission) -> Stored:
    """Write the submission, its answers in the cells of the release, unless the very same one is there."""
    target = course.submitted(handed.student, handed.assignment)
    nb, record = repair(handed.found.payload, skeleton, handed.found.path.name)
    answers = answered(nb, skeleton)
    for problem in handed.broken:
        record.add("artefact", None, f"In the saved outputs, {problem}.", review=True)
    record.student, record.assignment, record.group = handed.student, handed.assignment, sorted(handed.group)
    record.original, record.inbox = f"original/{handed.found.path.name}", str(handed.found.path)
    said = sentences(record.repairs)
    own = {n: Found(handed.found.path, content, handed.found.changed) for n, content in handed.artefacts.items()}
    handin = own | handed.companions  # a file beside the notebook wins
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".collect-", dir=target.parent) as temporary:
        new = Path(temporary, "new")
        _write(new, nb, record, handed, handin)
        restore_folder(target)
        changed = not target.exists() or _content(new) != _content(target)
        if changed:
            replace_folder(new, target)
    return Stored(nb, record, answers, said, sorted(handin), changed)


def _write(folder: Path, nb: NotebookNode, record: RepairRecord, handed: Submission, handin: dict[str, Found]) -> None:
    (folder / "original").mkdir(parents=True)
    (folder / record.original).write_bytes(handed.found.payload)
    for number, other in enumerate(handed.others, 1):
        kept = folder / "original" / "attempts" / f"{number}_{other.found.path.name}"
        kept.parent.mkdir(exist_ok=True)
        kept.write_bytes(other.found.payload)
    (folder / f"{handed.assignment}.ipynb").write_bytes(nbformat.writes(nb).encode("utf-8", "replace"))
    (folder / "timestamp.txt").write_text(handed.found.changed.strftime("%Y-%m-%d %H:%M:%S.%f UTC"))
    for name, file in handin.items():
        (folder / "handin").mkdir(exist_ok=True)
        (folder / "handin" / name).write_bytes(file.payload)
        moment = max(0.0, file.changed.timestamp())  # by it the newer of two files of one name is known later
        os.utime(folder / "handin" / name, (moment, moment))
    record.write(folder / "repair.json")


def _content(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def refreshed(course: Course, student: str, assignment: str) -> tuple[NotebookNode, RepairRecord] | None:
    """The original's answers in the present skeleton, and what was done; None if it is repaired onto that already.

    Nothing is written. Raises StaffError when the record cannot be read.
    """
    folder = course.submitted(student, assignment)
    path = folder / "repair.json"
    record = RepairRecord.read(path)
    if record is None and path.exists():
        raise StaffError(f"submitted/{student}/{assignment}/repair.json cannot be read: collect it again")
    original = folder / (record.original if record and record.original else "?")
    if not record or not record.skeleton or not original.is_file() or folder not in original.resolve().parents:
        return None
    skeleton = read_notebook(course.released(assignment))
    mark = about_notebook(skeleton).release
    if record.skeleton == mark:
        return None
    nb, found = repair(original.read_bytes(), skeleton, original.name)
    repairs = [*found.repairs, *(r for r in record.repairs if r.what == "artefact")]
    review = any(r.review for r in repairs)
    about = {"skeleton": mark, "gradable": found.gradable, "review": review, "repairs": repairs}
    return nb, record.model_copy(update=about)


def refresh(course: Course, student: str, assignment: str) -> bool:
    """Write what `refreshed` gives, if it gives anything."""
    found = refreshed(course, student, assignment)
    if found is None:
        return False
    nb, record = found
    folder = course.submitted(student, assignment)
    temporary = folder / f".{assignment}.new"
    temporary.write_bytes(nbformat.writes(nb).encode("utf-8", "replace"))
    temporary.rename(folder / f"{assignment}.ipynb")
    record.write(folder / "repair.json")
    return True
