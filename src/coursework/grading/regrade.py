"""Grade one item again after its tests were changed: only its own cells run, and nothing else in a grade moves.

The source was corrected, proven and released first. What the item needs runs with the student's own answers, as in the
whole notebook. Old and new points are shown per student before anything is written. Evidence cells keep their
outcomes: they belong to whole submissions, and `autograde` tries them again.
"""

from dataclasses import dataclass, field
from functools import partial

import nbformat
from nbformat.notebooknode import NotebookNode
from nbgrader.utils import is_solution

from coursework.authoring import release
from coursework.core import deadlines
from coursework.core.cells import about_cell, chosen, is_test, item_of
from coursework.core.course import Course, StaffError
from coursework.core.files import read_json
from coursework.core.text import reason
from coursework.core.verdicts import Verdict
from coursework.grading import prepare
from coursework.grading.gradebook import Context
from coursework.grading.recording import record
from coursework.grading.verdicts import conditions, outdated, tried, verdict_of, verdict_path
from coursework.intake.store import refresh
from coursework.judging import drawn, evidence
from coursework.judging.judge import judge_notebook
from coursework.judging.policy import refusals
from coursework.judging.proof import misconceptions
from coursework.judging.reference import notebook, reference, task
from coursework.sandbox.engines import run_all
from coursework.sandbox.tasks import unpacked


@dataclass
class Change:
    """One student's item: `old` and `new` points, what is said now, or the `error` of the staff's side."""

    student: str
    old: float
    new: float = 0.0
    message: str = ""
    error: str = ""
    executed: NotebookNode | None = None
    refused: dict[str, str] = field(default_factory=dict)
    said: str = ""  # the id that the notebook says
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


def _score(verdict: Verdict | None, start: str) -> float:
    """Points of the cells whose names begin so."""
    return sum(about.score for cell, about in verdict.cells.items() if cell.startswith(start)) if verdict else 0.0


def _not_now(course: Course, assignment: str, student: str, verdict: Verdict | None) -> str:
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


def named(course: Course, assignment: str, item: str) -> str:
    """The id of the item that somebody names, by its id or its label; raises StaffError when there is none."""
    tests = [c.id for c in notebook(course, assignment).cells if is_test(c)]
    return chosen(item, list(dict.fromkeys(item_of(test) for test in tests)), assignment)


def plan(course: Course, assignment: str, item: str) -> Regrade:
    """Run the item for everybody who is graded. Raises StaffError when that cannot be done.

    Nothing of the course is written: a submission of an older release is put into the present one in memory.
    """
    item, source = named(course, assignment, item), notebook(course, assignment)
    tests = [c for c in source.cells if is_test(c) and c.id.startswith(f"{item}--")]
    release.ensure_recorded(course, assignment, write=False)
    graded = [s for s in course.students(assignment) if verdict_path(course, assignment, s).exists()]
    if not graded:
        raise StaffError(f"nobody is graded in {assignment}: run `coursework autograde {assignment}` first")
    found = Regrade(assignment, item, sum(float(t.metadata.nbgrader.points) for t in tests))
    marks, errors = prepare.fingerprints(course, assignment, graded)
    for student in graded:
        verdict = verdict_of(course, assignment, student)
        change = Change(student, _score(verdict, f"{item}--"))
        change.kept = sum(_score(verdict, cell) for cell in _apart(source) if cell.startswith(f"{item}--"))
        change.error = errors.get(student) or _not_now(course, assignment, student, verdict)
        found.changes.append(change)
    todo = {c.student: partial(_make, course, source, found, c, marks.get(c.student, "")) for c in found.changes}
    known, by_student = reference(course, assignment), {c.student: c for c in found.changes}
    for student, answer in run_all(course, {s: make for s, make in todo.items() if not by_student[s].error}):
        change = by_student[student]
        if answer["error"]:
            change.error = answer["error"]
            continue
        change.executed = unpacked(answer["notebook"])
        mine = drawn.draw(course, assignment, student, change.said, known, misconceptions(course, assignment))
        verdicts = judge_notebook(nbformat.from_dict(change.executed), mine.known, mine.misconceptions, change.refused)
        change.new = sum(v.score for v in verdicts.values()) + change.kept
        change.message = next((v.message for v in verdicts.values() if v.score < v.points), "")
    return found


def _make(course: Course, source: NotebookNode, found: Regrade, change: Change, mark: str) -> dict:
    """What has to run for this student; says in `found` what else has changed, and which fingerprint the grade gets."""
    student, assignment = change.student, found.assignment
    nb = prepare.sanitize(course, assignment, student)
    graded = nbformat.read(course.autograded(student, assignment) / f"{assignment}.ipynb", as_version=4)
    verdict = verdict_of(course, assignment, student)
    assert verdict is not None, "whoever has none has an error"
    moved = _moved(graded, nb, found.item, _apart(source))
    found.others = sorted({*found.others, *moved})
    # Only where nothing but this item is new is the whole grade that of the present source.
    same = not moved and verdict.files is not None and verdict.conditions == conditions(course)
    same = same and verdict.tried == tried(course, source, nb, verdict.files or {})
    change.mark = mark if same else verdict.fingerprint
    change.refused, change.said = refusals(source, nb), drawn.claim(nb)
    return task(course, part(nb, source, found.item), prepare.handin_files(course, assignment, student))


def write(course: Course, found: Regrade) -> None:
    """Record the item's new verdicts; every other verdict, manual grade and time stays as it is."""
    for change in found.changes:
        if change.executed is None:
            continue
        try:
            _write_one(course, found, change)
        except StaffError as error:  # costs nobody else a grade
            change.error = str(error)
        except (OSError, ValueError) as error:  # what is in autograded/ has changed since the plan
            change.error = f"could not be written: {reason(error)}"
    deadlines.settle(course, found.assignment)


def _write_one(course: Course, found: Regrade, change: Change) -> None:
    student, assignment, executed = change.student, found.assignment, change.executed
    verdict = verdict_of(course, assignment, student)
    if verdict is None or executed is None:
        raise StaffError("the record of the verdict cannot be read: run `coursework autograde`")
    refresh(course, student, assignment)
    whole = prepare.sanitize(course, assignment, student)
    before = nbformat.read(course.autograded(student, assignment) / f"{assignment}.ipynb", as_version=4)
    outputs = {c.id: c.get("outputs", []) for c in [*before.cells, *executed.cells] if c.cell_type == "code"}
    for cell in whole.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = outputs.get(cell.id, []), 1
    whole.metadata["coursework_run"] = executed.metadata.get("coursework_run", {})
    again = frozenset(c.id for c in executed.cells if c.id.startswith(f"{found.item}--"))
    context = Context(outcomes=tuple(verdict.evidence), kept=verdict, again=again)
    record(course, assignment, student, whole, change.mark, context)
