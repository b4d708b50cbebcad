"""The outputs that a student handed in, in forms that can neither run nor call home.

They are what human graders see below the student's cells. The grading run has a much smaller budget, so its figures are
not the student's; and it executed the student's code beside the hidden tests, so its outputs are not for the student.
"""

import copy
from pathlib import Path

import nbformat
from nbformat.notebooknode import NotebookNode
from nbformat.v4 import new_output

from coursework.core.cells import is_by_hand
from coursework.core.figures import plain
from coursework.core.redraws import joined


def saved_outputs(path: Path, where: str = "the original") -> dict[str, list[NotebookNode]]:
    """cell id → handed-in outputs, reduced to text and pixel images; empty when the notebook cannot be read."""
    try:
        nb = nbformat.reader.reads(path.read_text(encoding="utf-8"))  # unchecked: it was checked before it ran
        return {c.id: plain_outputs(c, where) for c in nb.cells if "id" in c}
    except (OSError, ValueError, AttributeError, KeyError, TypeError):
        return {}


def plain_outputs(cell: NotebookNode, where: str = "the original") -> list[NotebookNode]:
    """A cell's outputs, a bar's redraws joined, reduced to text and pixel images; what is neither is named.

    `where` says where the original is.
    """
    return [new for output in joined(copy.deepcopy(cell.get("outputs", []))) for new in plain(output, where)]


def nothing_saved(cell: NotebookNode) -> list[NotebookNode]:
    """The line below code that a human marks, where no output was saved; else nothing."""
    if not is_by_hand(cell) or cell.cell_type != "code":
        return []
    return [new_output("stream", name="stdout", text="[no output was saved below this cell]\n")]
