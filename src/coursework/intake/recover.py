"""A notebook from whatever was handed in as one: whole, cut off, in another encoding, saved as a script or a page.

Each way returns the notebook's JSON content and sentences on what was odd; none of them executes anything.
"""

import ast
import codecs
import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from coursework.intake import conflicts, dialects, shapes
from coursework.intake.pieces import DECODER, MAX_STARTS, MAX_TAGS, page, salvage
from coursework.intake.scripts import is_python, script

BOMS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
MAX_LITERAL = 20_000_000  # characters of a notebook that was printed as Python
MAX_WRAPPED = 3  # strings, cells or sides of a conflict around a notebook


def text_of(raw: bytes) -> tuple[str, list[str]]:
    """`raw` as text, by its byte order mark, as UTF-8, else as Latin-1. Raises ValueError when it is not text."""
    for bom, encoding in BOMS.items():
        if raw.startswith(bom):
            try:
                notes = [] if encoding == "utf-8-sig" else [f"The file was saved as {encoding.upper()}."]
                return raw.decode(encoding), notes
            except UnicodeDecodeError:
                break
    try:
        return raw.decode("utf-8"), []
    except UnicodeDecodeError:
        pass
    if b"\0" in raw or sum(byte < 9 for byte in raw[:4000]) > 8:
        raise ValueError("the file is not text, so it cannot be a notebook")
    return raw.decode("latin-1"), ["The file was saved in an old encoding; letters with accents may be wrong."]


def content(raw: bytes, name: str = "", locked: tuple[str, ...] = ()) -> tuple[dict, list[str]]:
    """(the notebook's JSON content, what was odd). `locked`: texts of released cells, to cut a plain script by.

    Raises ValueError with one line that says why there is no notebook in it.
    """
    text, notes = text_of(raw)
    found, more = _content(text.lstrip("\ufeff"), name, locked)
    return found, [*notes, *more]


def _content(text: str, name: str, locked: tuple[str, ...], depth: int = 0) -> tuple[dict, list[str]]:
    if depth > MAX_WRAPPED:
        raise ValueError("the file is text within text too deeply to be a notebook")
    if conflicts.conflicting(text):
        return _both_sides(text, name, locked, depth)
    try:
        found: Any = DECODER.decode(text.strip())
    except RecursionError:
        raise ValueError("the file is nested too deeply to be a notebook") from None
    except ValueError as error:
        return _otherwise(text, name, locked, str(error), depth)
    if isinstance(found, str) and found.strip():
        inner, notes = _content(found, name, locked, depth + 1)
        return inner, [*notes, "The notebook was within a string."]
    if not (shaped := shapes.notebook(found)):
        raise ValueError("the file is JSON, but not a notebook")
    return _pasted(*shaped, locked, depth)


def _pasted(found: dict, notes: list[str], locked: tuple[str, ...], depth: int) -> tuple[dict, list[str]]:
    """A notebook that was pasted into a cell of another one: the inner one, if it has more cells."""
    for cell in found.get("cells", []):
        source = cell.get("source", "")
        source = "".join(map(str, source)) if isinstance(source, list) else str(source)
        if '"cells"' in source and source.lstrip()[:1] == "{":
            try:
                inner, more = _content(source, "", locked, depth + 1)
            except ValueError:
                continue
            if len(inner.get("cells", [])) > len(found["cells"]):
                return inner, [*notes, *more, "The notebook was in a cell of another one."]
    return found, notes


def _both_sides(text: str, name: str, locked: tuple[str, ...], depth: int) -> tuple[dict, list[str]]:
    """A file with the marks of a git conflict."""
    read: list[dict] = []
    for side in conflicts.sides(text):
        try:
            read.append(_content(side, name, locked, depth + 1)[0])
        except ValueError:
            continue
    if not read:
        raise ValueError("the file has the marks of a git conflict, and neither side is a notebook")
    if len(read) == 1 or not all(isinstance(r.get("cells"), list) for r in read):
        return read[0], ["The file has the marks of a git conflict; only one side could be read."]
    cells, differ = conflicts.merged(read[0]["cells"], read[1]["cells"])
    said = f"they differ in {', '.join(differ[:8])}; both are kept" if differ else "both sides hold the same cells"
    return read[0] | {"cells": cells}, [f"The file has the marks of a git conflict; {said}."]


def _otherwise(text: str, name: str, locked: tuple[str, ...], why: str, depth: int) -> tuple[dict, list[str]]:
    """The ways for what is not JSON."""
    ending = name.lower().rsplit(".", 1)[-1]
    start = text.lstrip()[:200].lower()
    if ending in ("html", "htm") or start.startswith(("<!doctype html", "<html")):
        if whole := _embedded(text, locked, depth):
            return whole[0], [*whole[1], "It was a web page with the notebook in it."]
        cells = page(text)
        if cells:
            return _notebook(cells), ["It was a web page; its cells were read from there, without formatting."]
        raise ValueError("the file is a web page without a notebook in it: ask for the notebook file itself")
    if start.startswith(("{", "[")) and (literal := _literal(text)):
        shaped = shapes.notebook(literal)
        if shaped:
            return shaped[0], [*shaped[1], "The notebook was printed as Python, not saved."]
    if start.startswith(("{", "[")) and '"cell' in text:
        cells = salvage(text)
        if any(cell.get("cell_type") != "raw" for cell in cells):
            return _notebook(cells), [f"The file is damaged ({why[:60]}); {len(cells)} cells could be read."]
        raise ValueError(f"the file is not valid JSON ({why[:80]}), so it is not a whole notebook")
    if whole := _within(text):
        return whole[0], [*whole[1], "There was text before or after the notebook."]
    if text.lstrip().startswith(dialects.DATABRICKS):
        return _notebook(dialects.databricks(text.lstrip())), [
            "It was a Databricks file; its cells were read from there."
        ]
    if "@app.cell" in text and (cells := dialects.marimo(text)):
        return _notebook(cells), ["It was a marimo notebook; its cells were read from there."]
    if ending != "py" and len(cells := dialects.fenced(text, locked)) > 1:
        return _notebook(cells), ["It was a Markdown document; its cells were read from there."]
    if ending in ("py", "txt", "ipynb", "ipy") and is_python(text):
        cells = script(text, locked)
        if cells:
            return _notebook(cells), ["It was a Python script; its cells were read from there."]
    raise ValueError(
        f"the file is not valid JSON ({why[:80]}), so it is not a whole notebook: ask for the notebook as it is saved"
    )


def _literal(text: str) -> Any:
    """A Python literal, bounded; None for anything else."""
    if len(text) > MAX_LITERAL or "'cells'" not in text:
        return None
    try:
        return ast.literal_eval(text.strip())
    except (ValueError, SyntaxError, RecursionError, MemoryError, TypeError):
        return None


def _within(text: str) -> tuple[dict, list[str]] | None:
    """A notebook's JSON with other text around it: a fence, a greeting, a log."""
    for match in islice(re.finditer(r'[{\[]\s*(?=["{])', text), MAX_STARTS):
        try:
            found, _ = DECODER.raw_decode(text, match.start())
        except (ValueError, RecursionError):
            continue
        if shaped := shapes.notebook(found):
            return shaped
    return None


def _embedded(text: str, locked: tuple[str, ...], depth: int) -> tuple[dict, list[str]] | None:
    """The notebook that a repository's page carries: as JSON data of its script, or line by line in a table."""
    for match in islice(re.finditer(r"<script[^>]*json[^>]*>(.*?)</script>", text, re.S | re.I), MAX_STARTS):
        if '"' not in match[1] or "cell" not in match[1]:
            continue
        try:
            data = json.loads(match[1])
        except (ValueError, RecursionError):
            continue
        for inner in islice(_texts(data), MAX_STARTS * 10):
            try:
                return _content(inner, "", locked, depth + 1)
            except ValueError:
                continue
    if "blob-code" in text and text.count("<") <= MAX_TAGS:
        from bs4 import BeautifulSoup

        lines = BeautifulSoup(text, "html.parser").select("td.blob-code, .react-file-line")
        try:
            return _content("\n".join(line.get_text() for line in lines), "", locked, depth + 1)
        except ValueError:
            return None
    return None


def _texts(data: Any, depth: int = 0) -> Iterator[str]:
    """Every text of JSON data, and every list of lines, in which a notebook may be."""
    if isinstance(data, str):
        if '"cells"' in data or '"worksheets"' in data:
            yield data
    elif isinstance(data, list) and data and all(isinstance(line, str) for line in data):
        joined = "\n".join(data)
        if '"cells"' in joined or '"worksheets"' in joined:
            yield joined
    elif isinstance(data, dict | list) and depth < MAX_WRAPPED * 5:
        for inner in data.values() if isinstance(data, dict) else data:
            yield from _texts(inner, depth + 1)


def _notebook(cells: list[dict]) -> dict:
    return {"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": cells}
