"""What goes with a cell beside its text: the pictures of Markdown, the saved outputs of code.

Whatever is too large or of a broken form is reduced, or named by a line: none is left out without a word.
"""

import json
import re
from typing import Any
from urllib.parse import unquote

import nbformat
from nbformat.notebooknode import NotebookNode
from nbformat.v4 import new_output

from coursework.core.figures import plain
from coursework.core.files import too_deep

KEPT_OUTPUTS = 2 * 2**20  # characters of a cell's saved outputs that travel along
MAX_DEPTH = 30  # lists and dictionaries within each other in one output; deeper ones end the stack of a later stage
NAMED = re.compile(r"""attachment:([^\s)"'<>\]]+)""", re.I)

Pool = dict[str, list[dict[str, str]]]


def pool(cells: list[NotebookNode]) -> Pool:
    """All pictures of a submission by their names, for text that was moved away from its picture."""
    found: Pool = {}
    for cell in cells:
        for name, bundle in cell.get("attachments", {}).items():
            if bundle not in found.setdefault(name, []):
                found[name].append(bundle)
    return found


def carry(cell: NotebookNode, theirs: NotebookNode, others: Pool) -> None:
    """Give a cell what goes with the one that its text comes from: code the outputs, Markdown the pictures.

    Markdown may name pictures of `others`, too. One of another cell is taken only when it alone has that name: Jupyter
    calls many of them `image.png`.
    """
    if cell.cell_type == "code":
        cell.outputs = saved(theirs)
    if cell.cell_type != "markdown":
        return
    own = dict(theirs.get("attachments", {}))
    named = {n for raw in NAMED.findall(cell.source) for n in (raw, unquote(raw))}
    named |= {name for name in others if f"attachment:{name}" in cell.source}  # with blanks in it
    for name in named - set(own):
        if len(others.get(name, [])) == 1:
            own[name] = others[name][0]
    if own:
        cell.attachments = nbformat.from_dict(own)


def saved(cell: NotebookNode) -> list[NotebookNode]:
    """The saved outputs of a cell, well-formed and up to a size; what does not fit is reduced, else named."""
    kept: list[NotebookNode] = []
    size = 0
    for output in cell.get("outputs", []):
        if too_deep(output, MAX_DEPTH):
            kept.append(_line("an output that is nested too deep"))
            continue
        large = size + _size(output) > KEPT_OUTPUTS
        for one in _mended(output, large):
            if size + _size(one) > KEPT_OUTPUTS:
                one = _line(f"an output of {_size(one) / 1e6:.1f} MB that is not shown")
            size += _size(one)
            kept.append(one)
    return kept


def _mended(output: NotebookNode, large: bool) -> list[NotebookNode]:
    """The output itself if it is valid and not too large; else its text and its pictures, as far as there are any."""
    if not large and _valid(output):
        return [output]
    if output.get("output_type") in ("stream", "error"):
        if _valid(output):
            return [output]
        text = output.get("text", output.get("traceback", ""))
        whole = "\n".join(map(str, text)) if isinstance(text, list) else str(text)
        return [new_output("stream", name="stdout", text=whole)] if whole else []
    try:
        return [one for one in plain(output) if _valid(one)]
    except Exception:  # whatever a malformed one sets off
        return []


def _valid(output: Any) -> bool:
    try:
        nbformat.validate(output, ref="output", version=4)
    except Exception:
        return False
    return True


def _size(output: Any) -> int:
    return len(json.dumps(output, default=str))


def _line(what: str) -> NotebookNode:
    return new_output("stream", name="stdout", text=f"[{what}: see the original]\n")
