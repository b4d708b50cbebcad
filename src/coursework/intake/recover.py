"""A notebook from whatever was handed in as one: whole, cut off, in another encoding, saved as a script or a page.

Each way returns the notebook's JSON content and sentences on what was odd; none of them executes anything.
"""

import codecs
import html
import json
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import islice
from typing import Any

from nbformat.notebooknode import NotebookNode

from coursework.core.text import counted
from coursework.intake import conflicts, dialects, loose, shapes
from coursework.intake.magics import typed
from coursework.intake.pieces import DECODER, MAX_STARTS, MAX_TAGS, page, salvage
from coursework.intake.scripts import is_python, script

BOMS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
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
    if wide := _wide(raw[:2000]):
        try:
            return raw.decode(wide), [f"The file was saved as {wide.upper()}."]
        except UnicodeDecodeError:
            pass
    try:
        return raw.decode("utf-8"), []
    except UnicodeDecodeError:
        pass
    if b"\0" in raw or sum(byte < 9 for byte in raw[:4000]) > 8:
        raise ValueError("the file is not text, so it cannot be a notebook")
    return raw.decode("latin-1"), ["The file was saved in an old encoding; letters with accents may be wrong."]


def _wide(start: bytes) -> str:
    """The encoding of two bytes a character in which a text without a mark is: every other byte of most is zero."""
    even, odd = start[::2].count(0), start[1::2].count(0)
    return "utf-16-le" if odd > 0.4 * len(start) > even else "utf-16-be" if even > 0.4 * len(start) > odd else ""


def _place(text: str) -> str:
    """Where a text breaks off or is broken, as far as JSON goes."""
    if (mark := conflicts.leftover(text)[1]) and text.lstrip()[:1] in ("{", "["):
        return f"a mark of a git conflict in {mark}"
    try:
        DECODER.decode(text)
    except json.JSONDecodeError as error:
        end = len(text.rstrip()) - 2
        return "it breaks off" if error.pos >= end or error.msg.startswith("Unterminated") else f"line {error.lineno}"
    except (ValueError, RecursionError):
        pass
    return "it is broken"


def content(raw: bytes, name: str = "", released: Sequence[NotebookNode] = ()) -> tuple[dict, list[str]]:
    """(the notebook's JSON content, what was odd). `released`: the release's cells, to cut a plain script by.

    Raises ValueError with one line that says why there is no notebook in it.
    """
    text, notes = text_of(raw)
    found, more = _content(text.lstrip("\ufeff"), name, released)
    return found, [*notes, *more]


def _content(text: str, name: str, released: Sequence[NotebookNode], depth: int = 0) -> tuple[dict, list[str]]:
    if depth > MAX_WRAPPED:
        raise ValueError("the file is text within text too deeply to be a notebook")
    if conflicts.conflicting(text):
        return _both_sides(text, name, released, depth)
    try:
        found: Any = DECODER.decode(text.strip())
    except RecursionError:
        raise ValueError("the file is nested too deeply to be a notebook") from None
    except ValueError:
        return _without_a_mark(text, name, released, depth) or _otherwise(text, name, released, depth)
    if isinstance(found, str) and found.strip():
        inner, notes = _content(found, name, released, depth + 1)
        return inner, [*notes, "The notebook was within a string."]
    if not (shaped := shapes.notebook(found)):
        for wrapped in islice(_texts(found), MAX_STARTS):  # by a repository's interface
            with suppress(ValueError):
                inside, said = _content(wrapped, "", released, depth + 1)
                return inside, [*said, "The notebook was within another file's JSON."]
        raise ValueError("the file is JSON, but not a notebook")
    return _pasted(*shaped, released, depth)


def _pasted(found: dict, notes: list[str], released: Sequence[NotebookNode], depth: int) -> tuple[dict, list[str]]:
    """A notebook that was pasted into a cell of another one: the inner one, if it has more cells."""
    for cell in found.get("cells", []):
        source = cell.get("source", "")
        source = "".join(map(str, source)) if isinstance(source, list) else str(source)
        if '"cells"' in source and source.lstrip()[:1] == "{":
            try:
                inner, more = _content(source, "", released, depth + 1)
            except ValueError:
                continue
            if len(inner.get("cells", [])) > len(found["cells"]):
                return inner, [*notes, *more, "The notebook was in a cell of another one."]
    return found, notes


def _both_sides(text: str, name: str, released: Sequence[NotebookNode], depth: int) -> tuple[dict, list[str]]:
    """A file with the marks of a git conflict."""
    read: list[dict] = []
    for side in conflicts.sides(text):
        try:
            read.append(_content(side, name, released, depth + 1)[0])
        except ValueError:
            continue
    if not read:
        raise ValueError("the file has the marks of a git conflict, and neither side is a notebook")
    if len(read) == 1 or not all(isinstance(r.get("cells"), list) for r in read):
        return read[0], ["The file has the marks of a git conflict; only one side could be read."]
    cells, differ = conflicts.merged(read[0]["cells"], read[1]["cells"])
    said = f"they differ in {', '.join(differ[:8])}; both are kept" if differ else "both sides hold the same cells"
    return read[0] | {"cells": cells}, [f"The file has the marks of a git conflict; {said}."]


def _without_a_mark(
    text: str, name: str, released: Sequence[NotebookNode], depth: int
) -> tuple[dict, list[str]] | None:
    """A notebook in whose file one mark of a git conflict was forgotten; None where that is not all that is wrong."""
    rest, mark = conflicts.leftover(text) if text.lstrip()[:1] in ("{", "[") else ("", "")
    try:
        json.loads(rest, strict=False, object_pairs_hook=_once)
        found, notes = _content(rest, name, released, depth + 1)
    except (ValueError, RecursionError):
        return None
    return found, [*notes, f"The file has a mark of a git conflict ({mark}); it was taken off."]


def _once(pairs: list[tuple[str, Any]]) -> dict:
    """A dictionary of JSON; of two sides that are both there, one would be lost."""
    if len(found := dict(pairs)) < len(pairs):
        raise ValueError("a key is there twice")
    return found


def _otherwise(text: str, name: str, released: Sequence[NotebookNode], depth: int) -> tuple[dict, list[str]]:
    """The ways for what is not JSON."""
    ending = name.lower().rsplit(".", 1)[-1]
    start = text.lstrip()[:200].lower()
    if ending in ("html", "htm") or start.startswith(("<!doctype html", "<html")):
        if whole := _embedded(text, released, depth):
            return whole[0], [*whole[1], "It was a web page with the notebook in it."]
        cells = page(text)
        if cells:
            return _notebook(cells), ["It was a web page; its cells were read from there, without formatting."]
        raise ValueError("the file is a web page without a notebook in it: ask for the notebook file itself")
    if start.startswith(("{", "[")) and (shaped := shapes.notebook(loose.value(text))):
        return shaped[0], [*shaped[1], "The notebook was written as Python or JavaScript writes it, not saved."]
    if inside := loose.decoded(text):
        found, notes = _content(text_of(inside)[0], name, released, depth + 1)
        return found, [*notes, "The notebook was encoded as base64."]
    if start.startswith(("{", "[")) and '"cell' in text:
        cells = salvage(text)
        if any(cell.get("cell_type") != "raw" for cell in cells):
            return _notebook(cells), [f"The file is damaged ({_place(text)}); {len(cells)} cells could be read."]
        if plainer := _plainer(text, name, released, depth):
            return plainer
        raise ValueError(f"the file is damaged ({_place(text)}), and no cell of a notebook can be read in it")
    if plainer := _plainer(text, name, released, depth):
        return plainer
    if whole := _within(text):
        return whole[0], [*whole[1], "There was text before or after the notebook."]
    if text.lstrip().startswith(dialects.DATABRICKS):
        return _notebook(dialects.databricks(text.lstrip())), [
            "It was a Databricks file; its cells were read from there."
        ]
    if "@app.cell" in text and (cells := dialects.marimo(text)):
        return _notebook(cells), ["It was a marimo notebook; its cells were read from there."]
    if ending != "py" and len(cells := dialects.fenced(text, released)) > 1:
        return _notebook(cells), ["It was a Markdown document; its cells were read from there."]
    if len(cells := dialects.tagged(text)) > 1:
        return _notebook(cells), ["Its cells were written as tags; they were read from there."]
    if ending in ("py", "txt", "ipynb", "ipy", "") and start[:1] not in ("{", "[") and is_python(text):
        text, calls = typed(text)
        cells = script(text, released)
        if cells:
            notes = ["It was a Python script; its cells were read from there."]
            lines = counted(calls, "magic or shell line")
            said = f"{lines} of the script had the form of an export; each is as it was typed again."
            return _notebook(cells), [*notes, *([said] if calls else [])]
    raise ValueError("the file is not text with a notebook's cells in it: ask for the notebook as it is saved")


def _plainer(text: str, name: str, released: Sequence[NotebookNode], depth: int) -> tuple[dict, list[str]] | None:
    """A notebook whose quotes were escaped, written as entities or made typographic; None when it is none."""
    ways = (
        ('\\"cell', lambda: json.loads(f'"{text.strip()}"'), "The notebook's quotes were escaped."),
        ("&quot;cell", lambda: html.unescape(text), "The notebook's quotes were written as in a web page."),
        ("&#34;cell", lambda: html.unescape(text), "The notebook's quotes were written as in a web page."),
        (
            "cells”",
            lambda: text.translate(dict.fromkeys(map(ord, "“”„"), '"')),
            "The notebook's quotes were typographic.",
        ),
    )
    for sign, way, said in ways:
        if sign in text and not text.lstrip().startswith("<"):
            try:
                found, notes = _content(way(), name, released, depth + 1)
            except ValueError:
                continue
            return found, [*notes, said]
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


def _embedded(text: str, released: Sequence[NotebookNode], depth: int) -> tuple[dict, list[str]] | None:
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
                return _content(inner, "", released, depth + 1)
            except ValueError:
                continue
    if "cell" in text and text.count("<") <= MAX_TAGS:
        from bs4 import BeautifulSoup

        soup = BeautifulSoup(text, "html.parser")
        lines = "\n".join(line.get_text() for line in soup.select("td.blob-code, .react-file-line"))
        for inside in (lines, *(box.get_text() for box in soup.select("pre, textarea")[:MAX_STARTS])):
            if '"cells"' in inside:
                try:
                    return _content(inside, "", released, depth + 1)
                except ValueError:
                    continue
    return None


def _texts(data: Any, depth: int = 0) -> Iterator[str]:
    """Every text of JSON data, and every list of lines, in which a notebook may be."""
    if isinstance(data, str):
        if '"cells"' in data or '"worksheets"' in data or loose.decoded(data):
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
