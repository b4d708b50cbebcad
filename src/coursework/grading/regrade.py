"""Grade one item again after its tests were changed: only its own cells run, and nothing else in a grade moves.

The source was corrected, proven and released first. What the item needs runs with the student's own answers, as in the
whole notebook. Old and new points are shown per student before anything is written. Evidence cells keep their
outcomes: they belong to whole submissions, and `autograde` tries them again.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

import nbformat
from nbformat.notebooknode import NotebookNode
from nbgrader.utils import is_solution

from coursework.authoring import release
from coursework.core import deadlines
from coursework.core.cells import about_cell, is_test, item_of
from coursework.core.course import Course, StaffError
from coursework.core.files import read_json
from coursework.grading.autograde import handin_files, marks, record, sanitize
from coursework.grading.gradebook import conditions, outdated, tried, verdict_of, verdict_path
from coursework.judging import evidence
from coursework.judging.conclude import Outcome
from coursework.judging.judge import judge_notebook
from coursework.judging.policy import refusals
from coursework.judging.proof import misconceptions
from coursework.judging.reference import notebook, reference, task
from coursework.sandbox.engines import run_all


@dataclass
class Change:
    """One student's item: `old` and `new` points, what is said now, or the `error` of the staff's side."""

    student: str
    old: float
    new: float = 0.0
    message: str = ""
    error: str = ""
    executed: NotebookNode | None = None
    mark: str = ""
    kept: float = 0.0  # points of the item's evidence cells, in `old` and `new`


@dataclass
class Regrade:
    assignment: str
    item: str
    points: float
    changes: list[Change] = field(default_factory=list)
    others: list[str] = field(default_factory=list)  # other tests and given cells that differ from what was graded

    @property
    def exit_code(self) -> int:
        return 1 if any(c.error for c in self.changes) else 0


def _needed(source: NotebookNode, item: str) -> set[str]:
    """The cells that the item needs, and those that these need."""
    needs = {c.id: about_cell(c).needs for c in source.cells}
    found: set[str] = set()
    queue = list(needs.get(item, []))
    while queue:
        cell = queue.pop()
        if cell not in found:
            found.add(cell)
            queue += needs.get(cell, [])
    return found


def _apart(source: NotebookNode) -> set[str]:
    return {request.cell for request in evidence.wanted(source)}


def part(nb: NotebookNode, source: NotebookNode, item: str) -> NotebookNode:
    """Set-up, the student's own cells, what the item needs, the item and its tests, without evidence cells."""
    needs, apart = _needed(source, item), _apart(source)
    kept = []
    for cell in nb.cells:
        wanted = cell.id == item or cell.id.startswith(f"{item}--") or cell.id in needs
        if cell.id in apart:
            continue
        if wanted or cell.id.split("-")[0] in ("setup", "extra"):
            kept.append(cell)
    return nbformat.v4.new_notebook(cells=[nbformat.from_dict(c) for c in kept], metadata=nb.metadata)


def _score(verdict: dict, start: str) -> float:
    """Points of the cells whose names begin so."""
    return sum(about["score"] for cell, about in verdict.get("cells", {}).items() if cell.startswith(start))


def _not_now(course: Course, assignment: str, student: str, verdict: dict) -> str:
    """Why this student's item cannot be graded again; "" when it can."""
    if not verdict or read_json(course.autograded(student, assignment) / f"{assignment}.ipynb") is None:
        return "what is in autograded/ cannot be read: run `coursework autograde`"
    if outdated(course, assignment, student, verdict):
        return "has handed in anew since this grade: run `coursework autograde`"
    return ""


def _moved(before: NotebookNode, nb: NotebookNode, item: str, apart: set[str]) -> set[str]:
    """Given cells and tests in `nb` that differ from what was graded `before`, but for the tests that run again."""
    old = {c.id: c.source for c in before.cells}
    given = [c for c in nb.cells if c.cell_type == "code" and not is_solution(c) and not c.id.startswith("extra")]
    again = {c.id for c in given if c.id.startswith(f"{item}--")} - apart
    return {c.id for c in given if old.get(c.id) != c.source} - again


def plan(course: Course, assignment: str, item: str) -> Regrade:
    """Run the item for everybody who is graded; nothing is written. Raises StaffError when that cannot be done."""
    source = notebook(course, assignment)
    tests = [c for c in source.cells if is_test(c) and c.id.startswith(f"{item}--")]
    if not tests:
        items = sorted({item_of(c.id) for c in source.cells if is_test(c)})
        raise StaffError(f"{assignment} has no item {item!r}: it has {', '.join(items)}")
    release.ensure_recorded(course, assignment)
    graded = [s for s in course.students(assignment) if verdict_path(course, assignment, s).exists()]
    if not graded:
        raise StaffError(f"nobody is graded in {assignment}: run `coursework autograde {assignment}` first")
    found = Regrade(assignment, item, sum(float(t.metadata.nbgrader.points) for t in tests))
    prepared, errors = marks(course, assignment, graded)
    for student in graded:
        verdict = verdict_of(course, assignment, student)
        change = Change(student, _score(verdict, f"{item}--"))
        change.kept = sum(_score(verdict, cell) for cell in _apart(source) if cell.startswith(f"{item}--"))
        change.error = errors.get(student) or _not_now(course, assignment, student, verdict)
        found.changes.append(change)
    makers = _makers(course, source, found, prepared)
    known, by_student = reference(course, assignment), {c.student: c for c in found.changes}
    for student, answer in run_all(course, makers):
        change = by_student[student]
        if answer["error"]:
            change.error = answer["error"]
            continue
        change.executed = nbformat.reads(answer["notebook"], as_version=4)
        copy, refused = nbformat.from_dict(change.executed), refusals(source, prepared[student][1])
        verdicts = judge_notebook(copy, known, misconceptions(course, assignment), refused)
        change.new = sum(v.score for v in verdicts.values()) + change.kept
        change.message = next((v.message for v in verdicts.values() if v.score < v.points), "")
    return found


def _task(course: Course, source: NotebookNode, found: Regrade, student: str, nb: NotebookNode) -> dict:
    return task(course, part(nb, source, found.item), handin_files(course, found.assignment, student))


def _makers(
    course: Course, source: NotebookNode, found: Regrade, prepared: dict[str, tuple[str, NotebookNode]]
) -> dict[str, Callable[[], dict]]:
    """What has to run for whom; says in `found` what else has changed, and which fingerprint each grade will have."""
    makers: dict[str, Callable[[], dict]] = {}
    different, assignment = set(), found.assignment
    for change in found.changes:
        if change.error:
            continue
        mark, nb = prepared[change.student]
        folder = course.autograded(change.student, assignment)
        verdict = verdict_of(course, assignment, change.student)
        moved = _moved(nbformat.read(folder / f"{assignment}.ipynb", as_version=4), nb, found.item, _apart(source))
        different |= moved
        # Only where nothing but this item is new is the whole grade that of the present source.
        same = not moved and "files" in verdict and verdict.get("conditions") == conditions(course)
        same = same and verdict.get("tried", "") == tried(course, source, nb, verdict["files"])
        change.mark = mark if same else verdict.get("fingerprint", "")
        makers[change.student] = partial(_task, course, source, found, change.student, nb)
    found.others = sorted(different)
    return makers


def write(course: Course, found: Regrade) -> None:
    """Record the item's new verdicts; every other verdict, manual grade and time stays as it is."""
    for change in found.changes:
        if change.executed is None:
            continue
        folder = course.autograded(change.student, found.assignment)
        verdict = verdict_of(course, found.assignment, change.student)
        whole = sanitize(course, found.assignment, change.student)
        before = nbformat.read(folder / f"{found.assignment}.ipynb", as_version=4)
        outputs = {c.id: c.get("outputs", []) for c in [*before.cells, *change.executed.cells] if c.cell_type == "code"}
        for cell in whole.cells:
            if cell.cell_type == "code":
                cell.outputs, cell.execution_count = outputs.get(cell.id, []), 1
        whole.metadata["coursework_run"] = change.executed.metadata.get("coursework_run", {})
        again = {c.id for c in change.executed.cells if c.id.startswith(f"{found.item}--")}
        keep = verdict | {"cells": {g: v for g, v in verdict["cells"].items() if g not in again}}
        outcomes = [Outcome(**{k: v for k, v in o.items()}) for o in verdict.get("evidence", [])]
        try:
            record(course, found.assignment, change.student, whole, change.mark, outcomes, keep)
        except StaffError as error:  # costs nobody else a grade
            change.error = str(error)
    deadlines.settle(course, found.assignment)
