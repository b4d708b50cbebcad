"""A notebook out of JSON that is almost one: written by an assistant, another tool, or another version.

What a person can tell to be cells is read: other names of the fields, a number that contradicts the structure, cells
without metadata, a notebook within other JSON. What it was is said in a sentence.
"""

import re
from typing import Any

MAX_DEPTH = 4  # objects around a notebook
KINDS = {
    **dict.fromkeys(("code", "python", "python3", "py", "script", "input", "2"), "code"),
    **dict.fromkeys(("markdown", "markup", "md", "text", "heading", "html", "latex", "1"), "markdown"),
    "raw": "raw",
}
KIND_KEYS = ("cell_type", "cellType", "cell-type", "type", "kind", "languageId", "language", "lang", "mode")
SOURCE_KEYS = ("source", "input", "content", "value", "text", "code", "command", "body")
MAGIC = re.compile(r"^\s*%(?:[\w.]*\.)?(md|markdown|html|python|py|pyspark|ipython|scala|sql|sh|r)\b[^\n]*\n?", re.I)


def notebook(found: Any, depth: int = 0) -> tuple[dict, list[str]] | None:
    """(a notebook of nbformat 4, or of 3 with worksheets, what was odd), or None when there are no cells."""
    if isinstance(found, list):
        cells = [_cell(c) for c in found if isinstance(c, dict)]
        whole = [c for c in cells if c]
        if whole and len(whole) == len(found):
            return _of(whole), ["The file was a list of cells without a notebook around it."]
        return None
    if not isinstance(found, dict) or depth > MAX_DEPTH:
        return None
    if isinstance(by_number := found.get("cells"), dict) and all(isinstance(c, dict) for c in by_number.values()):
        found = found | {"cells": list(by_number.values())}
    if isinstance(found.get("cells"), list):
        return _version_4(found)
    if isinstance(sheets := found.get("worksheets"), list):
        return found | {"nbformat": 3, "nbformat_minor": 0, "worksheets": [_sheet(s) for s in sheets]}, []
    for key in ("paragraphs", "commands"):  # Zeppelin, Databricks
        listed = found.get(key)
        if isinstance(listed, list) and listed and all(isinstance(c, dict) for c in listed):
            if key == "commands":
                listed = sorted(
                    listed, key=lambda c: c["position"] if isinstance(c.get("position"), int | float) else 0
                )
            texts = [str(c.get("text") or c.get("command") or "") for c in listed]
            return _of([_with_magic(t) for t in texts]), [
                "It was another system's notebook; its cells were read from there."
            ]
    for inner in found.values():
        listed = isinstance(inner, list) and len(inner) > 1
        if (listed or isinstance(inner, dict)) and (inside := notebook(inner, depth + 1)):
            return inside[0], [*inside[1], "The notebook was within another file's JSON."]
    return None


def _sheet(sheet: Any) -> Any:
    """A worksheet of nbformat 3, where code is an "input"; tools that know the newer form call it "source"."""
    if not isinstance(sheet, dict) or not isinstance(sheet.get("cells"), list):
        return sheet
    code = [isinstance(c, dict) and c.get("cell_type") == "code" and not c.get("input") for c in sheet["cells"]]
    cells = [c | {"input": c.get("source", "")} if bare else c for c, bare in zip(sheet["cells"], code, strict=True)]
    return sheet | {"cells": cells}


def _of(cells: list[dict]) -> dict:
    return {"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": cells}


def _version_4(found: dict) -> tuple[dict, list[str]]:
    notes = []
    cells = [c for c in found["cells"] if isinstance(c, dict)]
    plain = [c if c.get("cell_type") in ("code", "markdown", "raw") and "source" in c else _cell(c) for c in cells]
    if any(a is not b for a, b in zip(plain, cells, strict=True)):
        notes.append("Cells were written as another tool does; they were read by their kind and their text.")
    version = found.get("nbformat")
    if version != 4:
        notes.append("The number of its format was missing or wrong." if version != "4" else "Its numbers were texts.")
    about = found.get("metadata")
    keep = {**found, "metadata": about if isinstance(about, dict) else {}}
    return keep | {"nbformat": 4, "nbformat_minor": 4, "cells": [c for c in plain if c]}, notes


def _cell(cell: dict) -> dict:
    """A cell with our names of the fields; {} for anything else."""
    said = next((str(cell[k]) for k in KIND_KEYS if isinstance(cell.get(k), str | int)), "")
    kind = KINDS.get(said.strip().casefold())
    source = next((cell[k] for k in SOURCE_KEYS if isinstance(cell.get(k), str | list)), None)
    if kind is None or source is None:
        return {}
    meta = cell.get("metadata")
    clean = {"cell_type": kind, "source": source, "metadata": meta if isinstance(meta, dict) else {}}
    if isinstance(cell.get("id"), str):
        clean["id"] = cell["id"]
    if kind == "code":
        clean["outputs"] = cell["outputs"] if isinstance(cell.get("outputs"), list) else []
    return clean


def _with_magic(text: str) -> dict:
    """A cell whose first line says what it is: "%md", "%python"."""
    match = MAGIC.match(text)
    kind = match[1].lower() if match else "python"
    body = text[match.end() :] if match else text
    if kind in ("md", "markdown", "html"):
        return {"cell_type": "markdown", "metadata": {}, "source": body}
    return {"cell_type": "code", "metadata": {}, "source": body, "outputs": []}
