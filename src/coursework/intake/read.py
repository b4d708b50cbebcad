"""A notebook out of the bytes of a submission, whatever they are, with the fields that later stages rely on."""

import json
import re
from typing import Any

import nbformat
from nbformat.notebooknode import NotebookNode

from coursework.core.redraws import joined
from coursework.intake import recover
from coursework.intake.code import MAX_READ
from coursework.intake.shapes import SOURCE_KEYS
from coursework.notebook.artefacts import extract
from coursework.notebook.whole import whole_tree

MAX_CELLS = 1_000
MAX_ATTACHED = 40 * 2**20  # characters of one picture
MAX_OUTPUTS = 20_000  # saved outputs of all cells
LINES = re.compile("\r\n?")  # ends of lines of Windows and old Macs
# Those of Word and the web: the reader of an answer takes them as such, a kernel does not.
BREAKS = re.compile("[\x0b\x85\u2028\u2029]")


def read(raw: bytes, name: str = "", skeleton: NotebookNode | None = None) -> tuple[NotebookNode, list[str]]:
    """(notebook, what was odd) from bytes of any kind; raises ValueError with one line that says why it is not one.

    `name` is the file's, and `skeleton` tells the released cells by which a plain script can be cut.
    """
    found, notes = recover.content(raw, name, skeleton.cells if skeleton else ())
    try:
        nb = nbformat.from_dict(found) if found.get("nbformat") == 4 else _converted(found)
    except Exception as error:
        raise ValueError(
            "the file is not a notebook that can be read: ask for it as Jupyter or Colab saves it"
        ) from error
    if not isinstance(nb.get("cells"), list):
        raise ValueError("the file is JSON, but not a notebook")
    if len(nb.cells) > MAX_CELLS:
        raise ValueError(f"the notebook has {len(nb.cells):,} cells, more than {MAX_CELLS:,}")
    nb.cells = [_cell(c) for c in nb.cells if isinstance(c, dict)]
    left = MAX_READ
    for cell in nb.cells:
        left -= len(cell.source)
        cell.source = _broken(cell.source, code=cell.cell_type == "code" and left > 0)
    if (outputs := sum(len(c.get("outputs", [])) for c in nb.cells)) > MAX_OUTPUTS:
        raise ValueError(f"the notebook has {outputs:,} saved outputs, more than {MAX_OUTPUTS:,}")
    return nb, notes


def artefacts(payload: bytes, name: str) -> tuple[dict[str, bytes], list[str]]:
    """(the artefacts in the saved outputs of a submission, what is wrong with others)."""
    try:
        return extract(read(payload, name)[0])
    except ValueError:
        return {}, []


def _converted(found: dict) -> NotebookNode:
    """A notebook of an older nbformat (worksheets) as one of today's."""
    return nbformat.reads(json.dumps(found), as_version=4)


def _cell(cell: dict) -> NotebookNode:
    """One cell with the fields that are relied on, whatever the file holds."""
    source = LINES.sub("\n", source_text(cell.get("source")))
    source = source.encode("utf-16", "surrogatepass").decode("utf-16", "replace")  # half a pair goes into no file
    kind = cell.get("cell_type") if cell.get("cell_type") in ("code", "markdown", "raw") else "raw"
    meta = cell.get("metadata") if isinstance(cell.get("metadata"), dict) else {}
    outputs: Any = cell.get("outputs")
    clean = {"cell_type": kind, "source": source, "metadata": meta, "id": str(cell.get("id") or "")}
    if kind == "markdown" and isinstance(cell.get("attachments"), dict):
        clean["attachments"] = attached(cell["attachments"])
    if kind == "code":
        clean["outputs"] = joined([o for o in outputs if isinstance(o, dict)]) if isinstance(outputs, list) else []
    return nbformat.from_dict(clean)


def _broken(source: str, code: bool) -> str:
    """A cell's text with `\n` for the ends of lines of Word and the web; code that runs has them in its strings.

    Where it has no other end of a line, and more would run below them, a tool has written its lines with them.
    """
    split = BREAKS.sub("\n", source)
    if not code or split == source:
        return split
    before, after = _statements(source), _statements(split)
    return split if before < 0 or ("\n" not in source.strip() and after > before) else source


def _statements(code: str) -> int:
    """How many statements a cell's code has; -1 where it is not Python as it is."""
    try:
        return len(whole_tree(code).body)
    except ValueError:
        return -1


def source_text(source: Any) -> str:
    """The text of a cell in whatever form a tool writes it: whole, as lines, as lines by number or with fields."""
    if isinstance(source, dict):
        own = [source[key] for key in SOURCE_KEYS if isinstance(source.get(key), str | list)]
        source = own[0] if own else list(source.values())
    if isinstance(source, list):
        lines = [source_text(line) for line in source]
        ended = len(lines) < 2 or any(line.endswith(("\n", "\r")) for line in lines[:-1])
        return ("" if ended else "\n").join(lines)  # tools that write a cell line by line forget the line ends
    return "" if source is None else str(source)


def attached(found: dict) -> dict[str, dict[str, str]]:
    """A cell's attachments as the format has them: name → kind → base64; what is of another form is left out."""
    kept: dict[str, dict[str, str]] = {}
    for name, bundle in found.items():
        kinds = bundle if isinstance(bundle, dict) else {"image/png": bundle}
        texts = {str(k): "".join(map(str, v)) if isinstance(v, list) else v for k, v in kinds.items()}
        if good := {k: v for k, v in texts.items() if isinstance(v, str) and len(v) <= MAX_ATTACHED}:
            kept[str(name)] = good
    return kept
