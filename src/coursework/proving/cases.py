"""What has to be run for a proof: every answer of the bank, right ones also in another way, the blank and the solved
notebook, whole notebooks of right answers, and planted faults.

Each is a notebook of its own: the released one with its hidden tests, cut down to the set-up, the item's cells and what
they depend on.
"""

import re
from dataclasses import replace

import nbformat
from nbformat.notebooknode import NotebookNode
from nbgrader.preprocessors import OverwriteCells
from nbgrader.utils import is_grade, is_solution

from coursework.authoring import release
from coursework.core.cells import about_cell, about_notebook, grade_id_of, is_setup, is_test
from coursework.core.course import Course
from coursework.core.files import read_json
from coursework.judging import evidence, proof, variants
from coursework.judging.reference import notebook
from coursework.notebook.definitions import defined
from coursework.proving.matrix import WHOLE, Case, Proof
from coursework.proving.mutants import mutants
from coursework.proving.rewrites import rewritten

SCORE = re.compile(r"^(\d+(?:\.\d+)?)_.+\.py$")
MISCONCEPTION = re.compile(r"^# misconception: (.+)$", re.M)


def items(nb: NotebookNode) -> dict[str, list[str]]:
    """item → the grade_ids of its tests, for every answer cell that has some."""
    tests = [c.metadata.nbgrader.grade_id for c in nb.cells if is_test(c)]
    answers = [c.metadata.nbgrader.grade_id for c in nb.cells if is_solution(c) and not is_grade(c)]
    return {a: found for a in answers if (found := [t for t in tests if t.startswith(f"{a}--")])}


def points_of(nb: NotebookNode, tests: list[str]) -> float:
    return sum(
        float(c.metadata.nbgrader.points) for c in nb.cells if is_test(c) and c.metadata.nbgrader.grade_id in tests
    )


def skeleton_points(nb: NotebookNode) -> tuple[float, float]:
    """(automatic, manual) points of a notebook."""
    graded = [c for c in nb.cells if is_grade(c)]
    manual = sum(float(c.metadata.nbgrader.points) for c in graded if is_solution(c))
    return sum(float(c.metadata.nbgrader.points) for c in graded) - manual, manual


def with_rewrite(nb: NotebookNode, item: str, answer: str, own: str) -> NotebookNode:
    """The notebook with this answer, and above it a cell of the student's own if `own` is not empty."""
    nb = nbformat.from_dict(nb)
    at = next(n for n, cell in enumerate(nb.cells) if grade_id_of(cell) == item)
    nb.cells[at].source = answer
    if own:
        nb.cells.insert(at, nbformat.v4.new_code_cell(own, id=f"own-{item}"))
    return nb


def trimmed(graded: NotebookNode, source: NotebookNode, item: str, tests: list[str], answer: str) -> NotebookNode:
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
        if grade_id == item or grade_id in tests or grade_id in needs or is_setup(grade_id):
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
        graded = release.undated(graded_skeleton(course, scratch))
    found = Proof(assignment)
    apart = frozenset(request.cell for request in evidence.wanted(source))
    by_item = {item: [t for t in tests if t not in apart] for item, tests in items(graded).items()}
    found.problems += [
        f"bank/{assignment}/{name} is not an item of the notebook" for name in sorted(set(bank) - set(by_item))
    ]
    for item, tests in by_item.items():
        if only and item != only:
            continue
        points = points_of(graded, tests)
        for name, text in bank.get(item, {}).items():
            match = SCORE.match(name)
            if not match:
                found.problems.append(f"bank/{assignment}/{item}/{name}: the name does not begin with a score")
                continue
            misconception = MISCONCEPTION.search(text)
            nb = trimmed(graded, source, item, tests, text)
            sentence = misconception[1] if misconception else None
            case = Case(item, name, float(match[1]), points, nb, sentence)
            found.cases += [case, *_in_another_way(case, text, source, graded)]
        solution = next(c.source for c in source.cells if c.id == item)
        coding = re.search(r"^\s*(def|class) ", solution, re.M) is not None
        _count(found, item, points, coding)
        if with_mutants and coding and points:  # a mutant of a number is just another number
            reasons = read_json(course.bank(assignment) / item / "equivalent.json", {})
            for what, text in mutants(solution):
                nb = trimmed(graded, source, item, tests, text)
                found.cases.append(Case(item, what, None, points, nb, note=reasons.get(what, "")))
    if not only:
        automatic = skeleton_points(graded)[0] - points_of(graded, list(apart))
        whole = nbformat.from_dict(graded)
        reference_answers = {c.id: c.source for c in source.cells}
        for cell in whole.cells:
            if is_solution(cell):
                cell.source = reference_answers[cell.id]
        found.cases.append(Case(WHOLE, "blank", 0.0, automatic, graded, apart=apart))
        found.cases.append(Case(WHOLE, "source", automatic, automatic, whole, apart=apart))
        found.cases += _together(bank, found, whole)
    _with_variants(course, found, source, graded, by_item, only)
    return found


def _with_variants(
    course: Course,
    found: Proof,
    source: NotebookNode,
    graded: NotebookNode,
    by_item: dict[str, list[str]],
    only: str | None,
) -> None:
    """Add, for each row of an item's numbers but the source's own, its solution and the answers of variants/."""
    varied = variants.of(course, found.assignment)
    if varied is None:
        return
    bank = variants.answers(course, found.assignment)
    here = f"variants/{found.assignment}"
    found.problems += [
        f"{here}/{name} has no numbers in variants.toml" for name in sorted(set(bank) - set(varied.items))
    ]
    for item, about in varied.items.items():
        if (only and item != only) or item not in by_item:
            continue
        tests = by_item[item]
        points = points_of(graded, tests)
        answers = {name: text for name, text in bank.get(item, {}).items() if SCORE.match(name)}
        found.problems += [
            f"{here}/{item}/{name}: the name does not begin with a score"
            for name in sorted(set(bank.get(item, {})) - set(answers))
        ]
        scores = {float(name.partition("_")[0]) for name in answers}
        if not scores & {points or 1} or not scores - {points or 1}:
            found.problems.append(f"{here}/{item} has no right or no wrong answer by the names of its numbers")
        for row in range(1, len(about.numbers)):
            texts = {f"{points or 1:g}_solution": about.solution} | answers
            for name, text in texts.items():
                nb = trimmed(graded, source, item, tests, about.answer(row, text))
                expected, sentence = float(name.partition("_")[0]), MISCONCEPTION.search(text)
                said = sentence[1] if sentence else None
                found.cases.append(Case(item, f"variant {row + 1}/{name}", expected, points, nb, said, variant=row))


def _in_another_way(case: Case, text: str, source: NotebookNode, graded: NotebookNode) -> list[Case]:
    """A right answer, rewritten so that it means the same."""
    if not case.right:
        return []
    about = next(about_cell(c) for c in source.cells if c.id == case.item)
    stub = next(c.source for c in graded.cells if grade_id_of(c) == case.item)
    allowed = about.imports if about.imports is not None else about_notebook(source).imports
    other = rewritten(text, defined(stub), about.fixed, bool(allowed) and "torch" not in (allowed or ()))
    if other is None:
        return []
    nb = with_rewrite(case.nb, case.item, other.answer, other.own)
    name = f"{case.name}, rewritten ({', '.join(other.kinds)})"
    return [Case(case.item, name, case.expected, case.points, nb, rewrites=tuple(other.kinds))]


def _together(bank: dict[str, dict[str, str]], found: Proof, whole: NotebookNode) -> list[Case]:
    """Whole notebooks that hold right answers only, each answer of the bank in one of them at least. All cells run:
    what is given has to live with whatever the tests accept."""
    right = {item: [c.name for c in found.cases if c.item == item and c.of_bank and c.right] for item in bank}
    made = []
    for number in range(max(map(len, right.values()), default=0)):
        nb = nbformat.from_dict(whole)
        for cell in nb.cells:
            names = right.get(grade_id_of(cell))
            if names:
                cell.source = bank[grade_id_of(cell)][names[number % len(names)]]
        made.append(nb)
    all_of_it = next(c for c in found.cases if (c.item, c.name) == (WHOLE, "source"))
    return [
        replace(all_of_it, name=f"right answers, {number}", nb=nb, everything=True) for number, nb in enumerate(made, 1)
    ]


def _count(found: Proof, item: str, points: float, coding: bool) -> None:
    """An item without right and wrong answers is not proven; a coding item needs three right and six wrong ones."""
    scores = [c.expected for c in found.cases if c.item == item and c.of_bank]
    right = sum(s == (points or 1) for s in scores)
    least_right, least_wrong = (3, 6) if coding and points else (1, 2)
    if right < least_right or len(scores) - right < least_wrong:
        found.problems.append(
            f"the bank of {item} has {right} right and {len(scores) - right} wrong answers, "
            f"it needs {least_right} and {least_wrong}"
        )
