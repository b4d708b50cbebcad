"""What a cell of an assignment is: its id, its item and question, its role, and what `metadata.coursework` says of it.

A submission may hold anything in place of metadata. What is read here is then empty, and never an error.
"""

import math
import re

from nbformat.notebooknode import NotebookNode
from pydantic import ValidationError

from coursework.core.course import StaffError
from coursework.core.records import AboutCell, AboutNotebook, nearest, what_is_wrong
from coursework.core.text import shortened

# What emits values for the grader: our checks that do, and those of other packages, by the beginning of their names.
PROBES = re.compile(r"\bcheck\.(?:probe|call|steps)\(|\.probe_\w+\(")


def nbgrader_of(cell: NotebookNode) -> dict:
    """The cell's nbgrader metadata; empty where something else is in its place."""
    about = cell.get("metadata", {}).get("nbgrader")
    return about if isinstance(about, dict) else {}


def grade_id_of(cell: NotebookNode) -> str:
    """The cell's `grade_id`; "" for a cell that has none."""
    found = nbgrader_of(cell).get("grade_id")
    return found if isinstance(found, str) else ""


def called(cell: NotebookNode) -> str:
    """How a message names a cell, so that it is found in Jupyter, which does not show the ids of cells.

    Args:
        cell: Of a source or a release.

    Returns:
        "cell ID" by its grade_id, or by an id that names a question; else "the cell that begins `…`".
    """
    if name := grade_id_of(cell) or (cell.id if ID.fullmatch(cell.get("id", "")) else ""):
        return f"cell {name}"
    line = next((line.strip().replace("`", "'") for line in cell.source.splitlines() if line.strip()), "")
    return f"the cell that begins `{shortened(line, 60)}`" if line else "an empty cell"


def is_answer(cell: NotebookNode) -> bool:
    """Whether a student writes this cell."""
    return bool(nbgrader_of(cell).get("solution"))


def is_by_hand(cell: NotebookNode) -> bool:
    """Whether a human grades this very cell: an answer with points of its own."""
    return is_answer(cell) and bool(nbgrader_of(cell).get("grade"))


def is_test(cell: NotebookNode) -> bool:
    """Whether the grader decides this cell: code with points that is nobody's answer."""
    return cell.cell_type == "code" and bool(nbgrader_of(cell).get("grade")) and not is_answer(cell)


def points_of(cell: NotebookNode) -> float:
    """What a source's cell is worth. Raises StaffError, naming the cell, where that is not a number of 0 or more."""
    said = nbgrader_of(cell).get("points")
    try:
        points = float(said)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        points = math.nan
    if not 0 <= points < math.inf:
        raise StaffError(f"cell {grade_id_of(cell)} is worth {said!r} points: say a number, 0 or more")
    return points


def is_asserted(cell: NotebookNode) -> bool:
    """Whether asserts decide this test of a source, in the student's process: it has no probe, or says so."""
    if not is_test(cell) or not points_of(cell):
        return False
    return about_cell(cell).asserts or not PROBES.search(cell.source)


def is_given(cell: NotebookNode) -> bool:
    """Whether this is locked code of the course's own without points: the set-up, a run, a plot."""
    about = nbgrader_of(cell)
    return bool(about.get("locked")) and not about.get("grade") and not about.get("solution")


def is_setup(grade_id: str) -> bool:
    """Whether everything else needs this cell: `setup`, `setup-data`."""
    return grade_id.split("-")[0] == "setup"


def is_option(grade_id: str) -> bool:
    """Whether this answer may stay as it was handed out: a recipe, switches."""
    return grade_id.startswith("option-")


def item_of(grade_id: str) -> str:
    """The item that a test scores: `q2-1-mlp` of `q2-1-mlp--forward`. An answer's own id is its item."""
    return grade_id.partition("--")[0]


def question(grade_id: str) -> str:
    """The question that a cell belongs to: `q2-1-mlp--forward` is of 2.1, `q3-1a-working` of 3.1a."""
    parts = grade_id.removeprefix("q").split("-")
    return ".".join(p for p in parts[:2] if re.fullmatch(r"\d+[a-z]?", p))


ID = re.compile(r"(?:\bcell )?(?<![\w/`.=-])(q\d+[a-z]?-[a-z0-9][\w-]*\w)((?:/[\w.-]+\.py)?)(?![\w/`])")


def chosen(name: str, items: list[str], assignment: str) -> str:
    """The item that somebody means by its id, or by the label of its question.

    Args:
        name: "q2-1-mlp", or "2.1".
        items: The ids that there are.
        assignment: For the message.

    Returns:
        The id of the one item.

    Raises:
        StaffError: When there is no such item, or the question has several.
    """
    if name in items:
        return name
    found = [item for item in items if question(item) == name]
    if len(found) == 1:
        return found[0]
    if found:
        raise StaffError(f"question {name} of {assignment} has several items: name one, {' or '.join(found)}")
    raise StaffError(f"the notebook of {assignment} has no item {name!r}: {nearest(name, items)}")


def labelled(text: str) -> str:
    """A message with the question beside the id of each of its cells: that is what staff look for in a notebook.

    "cell q1-1-double--values fails" becomes "question 1.1 (q1-1-double--values) fails". Ids in `back quotes`, and those
    in paths, are for typing and stay as they are.
    """
    parts = re.split(r"(`[^`]*`)", text)
    parts[::2] = [ID.sub(lambda m: f"question {question(m[1])} ({m[1]}{m[2]})", part) for part in parts[::2]]
    return "".join(parts)


def short_label(grade_id: str) -> str:
    """A cell in a narrow column: "1.1 values" of `q1-1-double--values`; an id without a question as it is."""
    number = question(grade_id) if grade_id.startswith("q") else ""
    return " ".join([number, grade_id.partition("--")[2].replace("-", " ") or "answer"]) if number else grade_id


def about_cell(cell: NotebookNode) -> AboutCell:
    """What a source's cell says of itself (see `AboutCell`). Raises StaffError, naming it, when that is wrong."""
    try:
        return AboutCell.model_validate(cell.metadata.get("coursework", {}))
    except ValidationError as error:
        raise StaffError(f"the metadata of {called(cell)}, {what_is_wrong(error, AboutCell)}") from None


def skipped(source: NotebookNode) -> dict[str, str]:
    """Cells of a source that need not run when a class is graded: grade_id → why. They are given, or hold a figure that
    a human marks as it was saved."""
    return {grade_id_of(c): about_cell(c).skip for c in source.cells if about_cell(c).skip}


def about_notebook(nb: NotebookNode) -> AboutNotebook:
    """What a source or released notebook says of itself. Raises StaffError when that is wrong."""
    try:
        return AboutNotebook.model_validate(nb.metadata.get("coursework", {}))
    except ValidationError as error:
        raise StaffError(f"the notebook's metadata, {what_is_wrong(error, AboutNotebook)}") from None
