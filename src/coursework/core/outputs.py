"""The outputs that a student handed in, in forms that can neither run nor call home.

They are what human graders see below the student's cells. The grading run has a much smaller budget, so its figures are
not the student's; and it executed the student's code beside the hidden tests, so its outputs are not for the student.
"""

import copy
from pathlib import Path

import nbformat
from nbformat.notebooknode import NotebookNode

SHOWN = ("image/png", "image/jpeg", "text/plain")


def saved_outputs(path: Path) -> dict[str, list[NotebookNode]]:
    """cell id → handed-in outputs, reduced to text and pixel images; empty when the notebook cannot be read."""
    try:
        cells = nbformat.read(path, as_version=4).cells
    except (OSError, ValueError):
        return {}
    return {c.id: plain_outputs(c) for c in cells}


def plain_outputs(cell: NotebookNode) -> list[NotebookNode]:
    """A cell's outputs, reduced to text and pixel images."""
    return [o for output in cell.get("outputs", []) if (o := _plain(copy.deepcopy(output)))]


def _plain(output: NotebookNode) -> NotebookNode | None:
    kind = output.get("output_type")
    if kind in ("display_data", "execute_result"):
        data = output.get("data")
        output.data = NotebookNode({k: v for k, v in data.items() if k in SHOWN} if isinstance(data, dict) else {})
        output.metadata = NotebookNode()
        return output if output.data else None
    return output if kind in ("stream", "error") else None
