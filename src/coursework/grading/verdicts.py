"""Verdict records: where they are, whether they are of the submission that is here, and by what a grade is known again.

A record is sealed with its fingerprint only when everything of this student's grade is written: so the next run knows a
grade that a killed one has left unfinished.
"""

from pathlib import Path

import nbformat
from nbformat.notebooknode import NotebookNode
from nbgrader.utils import is_solution

from coursework.core.cells import is_test
from coursework.core.course import Course
from coursework.core.files import digest
from coursework.core.verdicts import Verdict
from coursework.judging import evidence
from coursework.judging.reference import limits
from coursework.sandbox.machines import environment


def verdict_path(course: Course, assignment: str, student: str) -> Path:
    return course.autograded(student, assignment) / "verdict.json"


def verdict_of(course: Course, assignment: str, student: str) -> Verdict | None:
    """The record of this student's grade; None when it is not there, or damaged."""
    return Verdict.read(verdict_path(course, assignment, student))


def aside_path(course: Course, assignment: str, student: str) -> Path:
    return course.state(f"before/{assignment}/{student}.json")


def put_aside(course: Course, assignment: str, student: str) -> Verdict | None:
    """The verdict so far, kept until the next one is written: nbgrader removes its folder before that."""
    aside = aside_path(course, assignment, student)
    if found := verdict_of(course, assignment, student):
        found.write(aside)
    return found or Verdict.read(aside)


def seal(course: Course, assignment: str, student: str, mark: str) -> None:
    """Say in the verdict record that all of this student's grade is written."""
    verdict = verdict_of(course, assignment, student)
    assert verdict is not None, f"the verdict of {student} was written just now"
    verdict.fingerprint = mark
    verdict.write(verdict_path(course, assignment, student))


def answer_digests(nb: NotebookNode) -> dict[str, str]:
    """SHA-256 of every answer cell's content, by grade_id."""
    return {str(c.metadata.nbgrader.get("grade_id")): digest(c.source) for c in nb.cells if is_solution(c)}


def file_digests(course: Course, assignment: str, student: str) -> dict[str, str]:
    """SHA-256 of every file that came with the notebook, by name."""
    folder = course.submitted(student, assignment) / "handin"
    return {p.relative_to(folder).as_posix(): digest(p.read_bytes()) for p in folder.rglob("*") if p.is_file()}


def conditions(course: Course) -> str:
    """A hash of what a run depends on besides the notebook: versions, limits, data."""
    return digest(environment(), limits(course), course.data_contents)


def tried(course: Course, source: NotebookNode, nb: NotebookNode, files: dict[str, str]) -> str:
    """A hash of all that the outcomes of evidence runs depend on; "" where no cell asks for evidence."""
    requests = evidence.wanted(source)
    asking = {request.cell for request in requests}
    cells = [c.source for c in nb.cells if c.cell_type == "code" and (not is_test(c) or c.id in asking)]
    return digest([repr(request) for request in requests], conditions(course), cells, files) if requests else ""


def outdated(course: Course, assignment: str, student: str, verdict: Verdict | None) -> bool:
    """Whether what is in submitted/ is another submission than the one that `verdict` is about."""
    if verdict is None:
        return False
    path = course.submitted(student, assignment) / f"{assignment}.ipynb"
    try:
        now = answer_digests(nbformat.read(path, as_version=4))
    except (OSError, ValueError, AttributeError, TypeError):
        return False
    files = file_digests(course, assignment, student)
    return verdict.answers not in (None, now) or verdict.files not in (None, files)
