"""What must never leave source/: the last preprocessor of a release reads the result and refuses, naming the cell."""

import ast
import json
import math
import re
from pathlib import Path

from nbformat.notebooknode import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import is_grade, is_solution
from traitlets import Bool

from coursework.authoring import calls
from coursework.core.cells import (
    PROBES,
    about_cell,
    about_notebook,
    called,
    grade_id_of,
    is_answer,
    is_asserted,
    is_given,
    is_test,
    points_of,
)
from coursework.core.course import Course
from coursework.judging import proof, variants
from coursework.notebook.whole import parses

MARKERS = ("BEGIN SOLUTION", "END SOLUTION", "HIDDEN TESTS", "MARK SCHEME", "stub: ", "# inlined")
SOLUTION = re.compile(r"^[^\n]*BEGIN SOLUTION[^\n]*\n(.*?)^[^\n]*END SOLUTION", re.M | re.S)
OURS = ("mnist", "fashion-mnist", "cifar10")  # data sets, known without `sets` and its PyTorch
TELLING = 20  # a solution line of this many letters or more is worth looking for


class Leak(RuntimeError):
    """The release would give something away, or does not add up."""


def solution_lines(source: str) -> set[str]:
    """The telling lines of a cell's solution regions, without the stub."""
    lines = set()
    for region in SOLUTION.findall(source):
        for line in region.splitlines():
            text = line.strip()
            if "stub: " not in line and not text.startswith("#") and len(re.sub(r"\W", "", text)) >= TELLING:
                lines.add(text)
    return lines


def exact_answers(source: str) -> dict[str, object]:
    """`ans_…` = constant expression in the solution regions of a cell: the values that must not be readable."""
    found: dict[str, object] = {}
    for region in SOLUTION.findall(source):
        try:
            nodes = ast.parse("\n".join(line.strip() for line in region.splitlines())).body
        except SyntaxError:
            continue
        for node in nodes:
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                name = node.targets[0].id
                if name.startswith("ans_"):
                    try:
                        scope = {"__builtins__": {}, "math": math, **found}
                        found[name] = eval(compile(ast.Expression(node.value), name, "eval"), scope)
                    except Exception:
                        continue  # not a constant expression: the hidden probe alone holds it
    return found


def shows(text: str, value: object) -> bool:
    """Whether `text` shows the number or pair `value` in a usual spelling; numbers under three digits do not count."""
    plain = re.sub(r"(?<=\d)(?:[,_\u202f\u00a0]|\{,\}|\\,)(?=\d{3})", "", text)
    if isinstance(value, tuple) and len(value) == 2:
        return bool(re.search(rf"\b{value[0]}\s*(?:,|x|×|\\times|by)\s*{value[1]}\b", plain))
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return False
    if isinstance(value, int):
        return abs(value) >= 100 and bool(re.search(rf"(?<![\d.]){value}(?![\d.]*\d)", plain))
    spellings = {f"{value:.{digits}f}" for digits in (2, 3, 4)}
    return any(re.search(rf"(?<![\d.]){re.escape(s)}(?!\d)", plain) for s in spellings if len(s.strip("-0.")) >= 2)


class RefuseLeaks(NbGraderPreprocessor):
    """Compare the released notebook with its source and raise Leak with one line on the first thing that is wrong."""

    unproven = Bool(False, help="release without a proof record for this very source").tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        source = resources["coursework_source"]
        assignment = resources["nbgrader"]["assignment"]
        course = Course.find()
        refuse_source(course, assignment, source)
        _refuse_text(nb, source, _of_variants(course, assignment))
        if not self.unproven:
            reason = proof.missing(course, assignment)
            if reason:
                raise Leak(f"{reason}; run `coursework prove {assignment}`, or release with --unproven")
        return nb, resources


# "**100 points**: 58 are given by tests, 42 by a grader": what a notebook tells its students.
SAID = re.compile(r"\*\*(\d+(?:\.\d+)?) points\*\*([^.\n]*)")


def refuse_source(course: Course, assignment: str, source: NotebookNode) -> None:
    """Raise Leak when the source's folder holds files that are not allowed, or ids, checks or points do not add up."""
    refuse_metadata(source)
    if problem := next(calls.faults(source), ""):
        raise Leak(problem)
    _refuse_files(course.source(assignment).parent, source)
    _refuse_structure(source)
    if not course.settings.assert_tests:
        _refuse_asserts(source)


def refuse_metadata(source: NotebookNode) -> None:
    """Raise StaffError when `metadata.coursework` of the notebook or of a cell holds what nobody reads, or Leak when it
    skips a cell that must run."""
    about_notebook(source)
    for cell in source.cells:
        skip, evidence = about_cell(cell).skip, about_cell(cell).evidence
        if evidence and evidence.images and evidence.images[0] not in OURS:
            from coursework.notebook import sets  # PyTorch takes seconds

            sets.named(evidence.images[0])
        figure = is_answer(cell) and is_grade(cell)
        if skip and not (cell.cell_type == "code" and (is_given(cell) or figure)):
            what = "only locked code without points, or code that a human marks, can"
            raise Leak(f"{called(cell)} cannot be skipped: {what} (coursework.skip)")


def _refuse_files(folder: Path, source: NotebookNode) -> None:
    allowed = {f"{folder.name}.ipynb", *about_notebook(source).files}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and ".ipynb_checkpoints" not in name and name not in allowed:
            raise Leak(
                f"{name} is in source/{folder.name}/ and every student would get it: move it away, or allow it "
                "in the notebook's metadata (coursework.files)"
            )


def _refuse_structure(source: NotebookNode) -> None:
    seen: set[str] = set()
    points = 0.0
    for cell in source.cells:
        grade_id = grade_id_of(cell)
        if not grade_id:
            continue
        if grade_id in seen:
            raise Leak(f"grade_id {grade_id} is there twice: rename one")
        seen.add(grade_id)
        if is_grade(cell):
            worth = points_of(cell)
            points += worth
            if is_test(cell) and not worth and "check." not in cell.source and "assert" not in cell.source:
                raise Leak(f"cell {grade_id} is a test without points in which nothing is tested")
        evidence = about_cell(cell).evidence
        for least, _ in evidence.bands if evidence else ():
            if not re.search(rf"(?<![\d.])({least:g}0?|{least * 100:g} %)(?!\d)", cell.source):
                raise Leak(f"cell {grade_id} does not say what an accuracy of {least:g} (its `bands`) gives")
    total = about_notebook(source).points
    if not isinstance(total, int | float) or abs(points - total) > 1e-9:
        raise Leak(f"the cells' points add up to {points:g}, the notebook's metadata (coursework.points) says {total}")
    _refuse_promise(source, points)


def _refuse_asserts(source: NotebookNode) -> None:
    """The course does without tests that the student's process decides."""
    for cell in source.cells:
        if is_asserted(cell):
            raise Leak(
                f"cell {grade_id_of(cell)} is a test worth {cell.metadata.nbgrader.points:g} points that the student's "
                "process decides, as it has asserts in place of a check.probe: write probes, or allow such tests with "
                "c.CourseworkSettings.assert_tests = True"
            )


def _refuse_promise(source: NotebookNode, points: float) -> None:
    """What the notebook says of its points must be so."""
    by_hand = sum(float(c.metadata.nbgrader.points) for c in source.cells if is_grade(c) and is_solution(c))
    for cell in source.cells:
        if cell.cell_type == "markdown" and (said := SAID.search(cell.source)):
            parts = [float(n) for n in re.findall(r"\d+(?:\.\d+)?", said[2] or "")]
            reader = re.search(r"(\d+(?:\.\d+)?) by a (?:reader|grader)", said[2] or "")
            told = float(said[1]), sum(parts) if parts else points, float(reader[1]) if reader else 0.0
            if told != (points, points, by_hand):
                raise Leak(
                    f"{called(cell)} says {said[0]!r}, but the cells have {points:g} points, {by_hand:g} by a grader"
                )


def _of_variants(course: Course, assignment: str) -> list[tuple[str, object]]:
    """(name, value) of the answers of every variant that are constant expressions."""
    found = variants.of(course, assignment)
    items = found.items.values() if found else ()
    texts = [item.constants(row) for item in items for row in range(len(item.numbers))]
    marked = [f"### BEGIN SOLUTION\n{text}\n### END SOLUTION" for text in texts]
    return [pair for text in marked for pair in exact_answers(text).items()]


def _refuse_text(nb: NotebookNode, source: NotebookNode, of_variants: list[tuple[str, object]]) -> None:
    solutions: dict[str, str] = {}
    answers: dict[str, object] = {}
    for cell in source.cells:
        solutions |= dict.fromkeys(solution_lines(cell.source), called(cell).removeprefix("cell "))
        answers |= exact_answers(cell.source)
    for cell in nb.cells:
        if cell.get("outputs") or cell.get("execution_count"):
            raise Leak(f"{called(cell)} still has outputs")
        if "executionInfo" in cell.metadata or "outputId" in cell.metadata:
            raise Leak(f"{called(cell)} still has Colab's run metadata")
        inlined = cell.source.startswith("# @title") and "def _load_" in cell.source
        markers = [marker for marker in MARKERS if marker in cell.source]
        if cell.cell_type == "code" and (probe := PROBES.search(cell.source)):
            markers.append(probe[0])
        if markers and not inlined:
            hidden = markers[0] not in MARKERS  # the call of a probe
            place = ": it belongs between ### BEGIN HIDDEN TESTS and ### END HIDDEN TESTS" if hidden else ""
            raise Leak(f"{called(cell)} still shows {markers[0]!r}{place}")
        if cell.cell_type == "code" and not parses(cell.source):
            raise Leak(f"{called(cell)} is not Python as it is released: its stub is missing, or is not indented")
        lines = {line.strip() for line in cell.source.splitlines()}
        for line in sorted(lines & solutions.keys()):
            raise Leak(f"{called(cell)} shows a solution line of {solutions[line]}: {line[:60]}")
        for name, value in () if inlined else [*answers.items(), *of_variants]:
            if shows(cell.source, value):
                raise Leak(f"{called(cell)} shows the value of {name}")
    everything = json.dumps(nb.metadata)
    for name, value in answers.items():
        if shows(everything, value):
            raise Leak(f"the notebook's metadata shows the value of {name}")
