"""Grade one item again after its tests were changed: only its own cells run, and nothing else in a grade moves.

The source was corrected, proven and released first. What the item needs runs with the student's own answers, as in the
whole notebook. Old and new points are shown per student before anything is written.
"""

from dataclasses import dataclass, field

import nbformat
from nbformat.notebooknode import NotebookNode
from nbgrader.utils import is_solution

from coursework import late, release
from coursework.autograde import handin_files, marks, record, sanitize
from coursework.conclude import Outcome
from coursework.course import Course, StaffError
from coursework.engine import run_all
from coursework.files import read_json
from coursework.judge import is_test, judge_notebook, refusals
from coursework.proof import slips
from coursework.record import conditions, outdated
from coursework.reference import notebook, reference, task
from coursework.store import refresh


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
    needs = {c.id: c.metadata.get("coursework", {}).get("needs", []) for c in source.cells}
    found: set[str] = set()
    queue = list(needs.get(item, []))
    while queue:
        cell = queue.pop()
        if cell not in found:
            found.add(cell)
            queue += needs.get(cell, [])
    return found


def part(nb: NotebookNode, source: NotebookNode, item: str) -> NotebookNode:
    """Set-up, the student's own cells, what the item needs, the item and its tests."""
    needs = _needed(source, item)
    kept = []
    for cell in nb.cells:
        wanted = cell.id == item or cell.id.startswith(f"{item}--") or cell.id in needs
        if wanted or cell.id.split("-")[0] in ("setup", "extra"):
            kept.append(cell)
    return nbformat.v4.new_notebook(cells=[nbformat.from_dict(c) for c in kept], metadata=nb.metadata)


def plan(course: Course, assignment: str, item: str) -> Regrade:
    """Run the item for everybody who is graded; nothing is written. Raises StaffError when that cannot be done."""
    source = notebook(course, assignment)
    tests = [c for c in source.cells if is_test(c) and c.id.startswith(f"{item}--")]
    if not tests:
        items = sorted({c.id.partition("--")[0] for c in source.cells if is_test(c)})
        raise StaffError(f"{assignment} has no item {item!r}: it has {', '.join(items)}")
    release.ensure_recorded(course, assignment)
    graded = [s for s in course.students(assignment) if (course.autograded(s, assignment) / "verdict.json").exists()]
    if not graded:
        raise StaffError(f"nobody is graded in {assignment}: run `coursework autograde {assignment}` first")
    for student in graded:
        refresh(course, student, assignment)
    found = Regrade(assignment, item, sum(float(t.metadata.nbgrader.points) for t in tests))
    prepared, errors = marks(course, assignment, graded)
    tasks, different = {}, set()
    for student in graded:
        folder = course.autograded(student, assignment)
        verdict = read_json(folder / "verdict.json")
        cells = {g: v for g, v in verdict["cells"].items() if g.startswith(f"{item}--")}
        change = Change(student, sum(v["score"] for v in cells.values()), error=errors.get(student, ""))
        found.changes.append(change)
        if not change.error and read_json(folder / f"{assignment}.ipynb") is None:
            change.error = "the graded notebook cannot be read: run `coursework autograde`"
        elif not change.error and outdated(course, assignment, student, verdict):
            change.error = "has handed in anew since this grade: run `coursework autograde`"
        if change.error:
            continue
        mark, nb = prepared[student]
        before = nbformat.read(folder / f"{assignment}.ipynb", as_version=4)
        old = {c.id: c.source for c in before.cells}
        given = [c for c in nb.cells if c.cell_type == "code" and not is_solution(c) and not c.id.startswith("extra")]
        moved = {c.id for c in given if old.get(c.id) != c.source and not c.id.startswith(f"{item}--")}
        different |= moved
        # Only where nothing but this item is new is the whole grade that of the present source.
        same = not moved and "files" in verdict and verdict.get("conditions") == conditions(course)
        change.mark = mark if same else verdict.get("fingerprint", "")
        tasks[student] = task(course, part(nb, source, item), handin_files(course, assignment, student))
    found.others = sorted(different)
    known, by_student = reference(course, assignment), {c.student: c for c in found.changes}
    for student, answer in run_all(course, tasks):
        change = by_student[student]
        if answer["error"]:
            change.error = answer["error"]
            continue
        change.executed = nbformat.reads(answer["notebook"], as_version=4)
        copy = nbformat.from_dict(change.executed)
        verdicts = judge_notebook(copy, known, slips(course, assignment), refusals(source, copy))
        change.new = sum(v.score for v in verdicts.values())
        change.message = next((v.message for v in verdicts.values() if v.score < v.points), "")
    return found


def write(course: Course, found: Regrade) -> None:
    """Record the item's new verdicts; every other verdict, manual grade and time stays as it is."""
    for change in found.changes:
        if change.executed is None:
            continue
        folder = course.autograded(change.student, found.assignment)
        verdict = read_json(folder / "verdict.json")
        whole = sanitize(course, found.assignment, change.student)
        before = nbformat.read(folder / f"{found.assignment}.ipynb", as_version=4)
        outputs = {c.id: c.get("outputs", []) for c in [*before.cells, *change.executed.cells] if c.cell_type == "code"}
        for cell in whole.cells:
            if cell.cell_type == "code":
                cell.outputs, cell.execution_count = outputs.get(cell.id, []), 1
        whole.metadata["coursework_run"] = change.executed.metadata.get("coursework_run", {})
        keep = verdict | {"cells": {g: v for g, v in verdict["cells"].items() if not g.startswith(f"{found.item}--")}}
        outcomes = [Outcome(**{k: v for k, v in o.items()}) for o in verdict.get("evidence", [])]
        record(course, found.assignment, change.student, whole, change.mark, outcomes, keep)
    late.settle(course, found.assignment)
