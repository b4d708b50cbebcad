"""Prove that the tests accept every right answer and reject every known mistake, each with exactly its score.

Every answer of the bank goes into the released notebook, runs in the sandbox with the set-up, the item's own cells and
what they depend on, and is judged and scored like a submission. So do the blank notebook (0), the source (all points)
and the mutants of the reference solutions (less than all, or listed as equivalent). Where an item has no points, the
score of an answer is the fraction of its checks: 1 for a right one.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

import nbformat
from nbformat.notebooknode import NotebookNode
from nbgrader.preprocessors import OverwriteCells
from nbgrader.utils import determine_grade, is_grade, is_solution

from coursework.authoring import release
from coursework.core.cells import about_cell, grade_id_of, is_test, skipped
from coursework.core.course import Course, StaffError
from coursework.core.files import digest, read_json, write_json, write_whole
from coursework.grading.autograde import skeleton_points
from coursework.judging import evidence, proof
from coursework.judging.judge import CellVerdict, emissions, judge_notebook
from coursework.judging.policy import refusals
from coursework.judging.reference import environment, limits, notebook, reference, task, with_sentences
from coursework.judging.values import signature
from coursework.proving.mutants import mutants
from coursework.sandbox.engines import run_all

SCORE = re.compile(r"^(\d+(?:\.\d+)?)_.+\.py$")
MISCONCEPTION = re.compile(r"^# misconception: (.+)$", re.M)
WHOLE = "whole notebook"


@dataclass
class Case:
    """One notebook of the matrix. `expected` is a score; None for a mutant, which must only stay below `points`."""

    item: str
    name: str
    expected: float | None
    points: float
    nb: NotebookNode
    misconception: str | None = None
    got: float | None = None
    seconds: float = 0.0
    message: str = ""
    named: bool = False
    note: str = ""
    apart: frozenset[str] = frozenset()  # evidence cells: their points come from a submission's weights

    @property
    def ok(self) -> bool:
        if self.got is None:
            return False
        if self.expected is None:
            return self.got < self.points or bool(self.note)
        return abs(self.got - self.expected) < 1e-6 and (self.misconception is None or self.named)


@dataclass
class Proof:
    assignment: str
    cases: list[Case] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        return not self.problems and all(case.ok for case in self.cases)


def items(nb: NotebookNode) -> dict[str, list[str]]:
    """item → the grade_ids of its tests, for every answer cell that has some."""
    tests = [c.metadata.nbgrader.grade_id for c in nb.cells if is_test(c)]
    answers = [c.metadata.nbgrader.grade_id for c in nb.cells if is_solution(c) and not is_grade(c)]
    return {a: found for a in answers if (found := [t for t in tests if t.startswith(f"{a}--")])}


def _points(nb: NotebookNode, tests: list[str]) -> float:
    return sum(
        float(c.metadata.nbgrader.points) for c in nb.cells if is_test(c) and c.metadata.nbgrader.grade_id in tests
    )


def _trimmed(graded: NotebookNode, source: NotebookNode, item: str, tests: list[str], answer: str) -> NotebookNode:
    """Set-up, what the item needs (as in the reference), the item with `answer`, its tests."""
    by_id = {grade_id_of(c): c for c in source.cells}
    needs = set(about_cell(by_id[item]).needs)
    nb = nbformat.from_dict(graded)
    kept = []
    for cell in nb.cells:
        grade_id = grade_id_of(cell)
        if grade_id == item:
            cell.source = answer
        elif grade_id in needs and is_solution(cell):
            cell.source = by_id[grade_id].source
        if grade_id == item or grade_id in tests or grade_id in needs or grade_id.split("-")[0] == "setup":
            kept.append(cell)
    return nbformat.v4.new_notebook(cells=kept, metadata=nb.metadata)


def graded_skeleton(course: Course, scratch: release.Scratch) -> NotebookNode:
    """The released notebook with its hidden tests, as a blank submission would run."""
    resources = {
        "nbgrader": {
            "student": "",
            "assignment": scratch.assignment,
            "notebook": scratch.assignment,
            "db_url": scratch.db_url,
        }
    }
    return OverwriteCells(config=course.config).preprocess(scratch.notebook(), resources)[0]


def cases(course: Course, assignment: str, with_mutants: bool, only: str | None) -> Proof:
    """Everything that has to be run, with what it must give; bank problems that need no run are reported at once."""
    source = notebook(course, assignment)
    bank = proof.answers(course, assignment)
    with release.make(course, assignment, unproven=True) as scratch:
        graded = graded_skeleton(course, scratch)
    found = Proof(assignment)
    apart = frozenset(request.cell for request in evidence.wanted(source))
    by_item = {item: [t for t in tests if t not in apart] for item, tests in items(graded).items()}
    found.problems += [
        f"bank/{assignment}/{name} is no item of the notebook" for name in sorted(set(bank) - set(by_item))
    ]
    for item, tests in by_item.items():
        if only and item != only:
            continue
        points = _points(graded, tests)
        for name, text in bank.get(item, {}).items():
            match = SCORE.match(name)
            if not match:
                found.problems.append(f"bank/{assignment}/{item}/{name}: the name does not begin with a score")
                continue
            misconception = MISCONCEPTION.search(text)
            nb = _trimmed(graded, source, item, tests, text)
            sentence = misconception[1] if misconception else None
            found.cases.append(Case(item, name, float(match[1]), points, nb, sentence))
        solution = next(c.source for c in source.cells if c.id == item)
        coding = re.search(r"^\s*(def|class) ", solution, re.M) is not None
        _count(found, item, points, coding)
        if with_mutants and coding and points:  # a mutant of a number is just another number
            reasons = read_json(course.bank(assignment) / item / "equivalent.json", {})
            for what, text in mutants(solution):
                nb = _trimmed(graded, source, item, tests, text)
                found.cases.append(Case(item, what, None, points, nb, note=reasons.get(what, "")))
    if not only:
        automatic = skeleton_points(graded)[0] - _points(graded, list(apart))
        whole = nbformat.from_dict(graded)
        reference_answers = {c.id: c.source for c in source.cells}
        for cell in whole.cells:
            if is_solution(cell):
                cell.source = reference_answers[cell.id]
        found.cases.append(Case(WHOLE, "blank", 0.0, automatic, graded, apart=apart))
        found.cases.append(Case(WHOLE, "source", automatic, automatic, whole, apart=apart))
    return found


def _count(found: Proof, item: str, points: float, coding: bool) -> None:
    """An item without right and wrong answers is not proven; a coding item needs three right and six wrong ones."""
    scores = [c.expected for c in found.cases if c.item == item]
    right = sum(s == (points or 1) for s in scores)
    least_right, least_wrong = (3, 6) if coding and points else (1, 2)
    if right < least_right or len(scores) - right < least_wrong:
        found.problems.append(
            f"the bank of {item} has {right} right and {len(scores) - right} wrong answers, "
            f"it needs {least_right} and {least_wrong}"
        )


def judged(
    nb: NotebookNode, case: Case, known: dict, misconceptions: dict, source: NotebookNode
) -> dict[str, CellVerdict]:
    """Verdicts of one executed case; fills in its score by nbgrader's own rule."""
    verdicts = judge_notebook(nb, known, misconceptions, refusals(source, nb))
    case.got = sum(float(determine_grade(c)[0] or 0) for c in nb.cells if is_test(c) and c.id not in case.apart)
    if not case.points:
        case.got = min((f.fraction for v in verdicts.values() for f in v.checks), default=0.0)
    case.seconds = nb.metadata.coursework_run.wall
    failed = [v for v in verdicts.values() if any(f.fraction < 1 for f in v.checks)]
    case.message = (failed[0].staff or failed[0].message) if failed else ""
    file = f"{case.item}/{case.name}"
    case.named = any(f.misconception == file for v in verdicts.values() for f in v.checks)
    if case.misconception and not case.named:  # another answer with the very same values may speak for it
        case.named = any(case.misconception in f.message for v in verdicts.values() for f in v.checks)
    return verdicts


def signatures(executed: dict[int, NotebookNode], found: Proof, known: dict) -> dict[str, list[dict]]:
    """grade_id → what the wrong answers with a sentence emitted, in the probes where they were wrong."""
    misconceptions: dict[str, list[dict]] = {}
    for number, case in enumerate(found.cases):
        if not case.misconception or number not in executed:
            continue
        nb = nbformat.from_dict(executed[number])
        emitted = {c.metadata.nbgrader.grade_id: emissions(c) for c in nb.cells if is_test(c)}
        for grade_id, verdict in judge_notebook(nb, known, {}).items():
            wrong = {f.name for f in verdict.checks if f.fraction < 1}
            values = {r["name"]: s for r in emitted[grade_id] if r["name"] in wrong and (s := signature(r["value"]))}
            if wrong:
                entry = {
                    "file": f"{case.item}/{case.name}",
                    "sentence": case.misconception,
                    "values": values,
                    "wrong": sorted(wrong),
                }
                misconceptions.setdefault(grade_id, []).append(entry)
    for entries in misconceptions.values():  # the one that says most about its values is tried first
        entries.sort(key=lambda e: (-len(e["values"]), e["file"]))
    return misconceptions


def moved_by_skipping(
    source: NotebookNode, executed: NotebookNode, known: dict[str, list[dict]], skip: list[str]
) -> list[str]:
    """What is wrong with skipping: tests of `source` that emit something else in `executed`, without these cells."""
    emitted = with_sentences(source, {grade_id_of(c): emissions(c) for c in executed.cells if is_test(c)})
    return [
        f"{grade_id} emits something else when {', '.join(skip)} do not run: they are needed (coursework.skip)"
        for grade_id, records in known.items()
        if digest(emitted.get(grade_id)) != digest(records)
    ]


def _key(course: Course, case: Case, skip: list[str]) -> str:
    """Under which a run is kept: all that it depends on."""
    cells = [[c.id, c.cell_type, c.source] for c in case.nb.cells]
    return digest(cells, environment(), limits(course), *(skip if case.item == WHOLE else ()))


def prove(
    course: Course,
    assignment: str,
    with_mutants: bool = False,
    only: str | None = None,
    tell: Callable[[int, int], None] = lambda done, todo: None,
) -> Proof:
    """Run the matrix and, when nothing but the whole of it was run, write the proof record. What ran before is kept.

    Raises StaffError when the reference itself fails or a notebook could not be run.
    """
    known = reference(course, assignment)
    found = cases(course, assignment, with_mutants, only)
    if not found.cases:
        raise StaffError(f"nothing to prove: bank/{assignment}/ has no answers" + (f" for {only}" if only else ""))
    source = notebook(course, assignment)
    skip = sorted(skipped(source))
    keys = {number: _key(course, case, skip) for number, case in enumerate(found.cases)}
    executed: dict[int, NotebookNode] = {}
    makers = {}
    for number, key in keys.items():
        cached = read_json(course.state(f"proved/{key}.json"))
        if cached:
            executed[number] = nbformat.from_dict(cached)
        else:
            case = found.cases[number]
            makers[str(number)] = partial(task, course, case.nb, skip=skip if case.item == WHOLE else ())
    tell(len(executed), len(keys))
    for name, answer in run_all(course, makers):
        number = int(name)
        if answer["error"]:
            raise StaffError(f"{found.cases[number].item}/{found.cases[number].name}: {answer['error']}")
        executed[number] = nbformat.reads(answer["notebook"], as_version=4)
        write_json(course.state(f"proved/{keys[number]}.json"), executed[number])
        tell(len(executed), len(keys))
    misconceptions = signatures(executed, found, known)
    for number, case in enumerate(found.cases):
        if skip and (case.item, case.name) == (WHOLE, "source"):
            found.problems += moved_by_skipping(source, executed[number], known, skip)
        judged(nbformat.from_dict(executed[number]), case, known, misconceptions, source)
    if not only:
        write_whole(course.proof(assignment), _text(_record(course, found, misconceptions)))
    return found


def _text(record: dict) -> str:
    """The record as JSON, a line for each list of numbers: thousands of them are kept with the repository."""
    text = json.dumps(record, indent=1, ensure_ascii=False)
    return re.sub(r"\[\s+([^\[\]{}\"]*?)\s+\]", lambda m: f"[{' '.join(m[1].split())}]", text) + "\n"


def _record(course: Course, found: Proof, misconceptions: dict) -> dict:
    matrix: dict[str, dict] = {}
    for case in found.cases:
        if case.expected is not None:
            matrix.setdefault(case.item, {})[case.name] = [case.expected, case.got]
    tried = [case for case in found.cases if case.expected is None]
    old = proof.load(course, found.assignment)
    here = proof.fingerprint(course, found.assignment)
    kept = old.get("mutants") if old.get("fingerprint") == here else None
    return {
        "assignment": found.assignment,
        "clean": found.clean,
        "fingerprint": here,
        "problems": found.problems,
        "matrix": matrix,
        "mutants": (
            {
                "tried": len(tried),
                "killed": sum(c.got is not None and c.got < c.points for c in tried),
                "equivalent": {f"{c.item}: {c.name}": c.note for c in tried if c.note},
            }
            if tried
            else kept
        ),
        "misconceptions": misconceptions,
    }
