"""A notebook from whatever was handed in as one: whole, cut off, in another encoding, saved as a script or a page.

Each way returns the notebook's JSON content and sentences on what was odd; none of them executes anything.
"""

import codecs
import html
import json
import re
from bisect import bisect_left
from itertools import islice
from typing import Any

from coursework.notebook.definitions import parses

MAX_TAIL = 20_000  # characters of an unreadable end that are kept for a human
MAX_FAULTS = 100  # places with trash in a file; each costs a look at all that follows
MAX_STARTS = 20  # places of a page where a notebook's JSON may begin
MAX_TAGS = 200_000  # of a page
BOMS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
MARKER = re.compile(r"^# (?:%%|In\[[ \d]*\]:|<(?:codecell|markdowncell)>)(.*)$", re.M)
DECODER = json.JSONDecoder(strict=False)


def text_of(raw: bytes) -> tuple[str, list[str]]:
    """`raw` as text, by its byte order mark, as UTF-8, else as Latin-1. Raises ValueError when it is no text."""
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
        raise ValueError("the file is no text, so it is no notebook")
    return raw.decode("latin-1"), ["The file was saved in an old encoding; letters with accents may be wrong."]


def content(raw: bytes, name: str = "", locked: tuple[str, ...] = ()) -> tuple[dict, list[str]]:
    """(the notebook's JSON content, what was odd). `locked`: texts of released cells, to cut a plain script by.

    Raises ValueError with one line that says why there is no notebook in it.
    """
    text, notes = text_of(raw)
    try:
        found: Any = DECODER.decode(text.lstrip("\ufeff"))
    except RecursionError:
        raise ValueError("the file is nested too deeply to be a notebook") from None
    except ValueError as error:
        return _otherwise(text, name, locked, notes, str(error))
    if not isinstance(found, dict) or not isinstance(found.get("cells", found.get("worksheets")), list):
        raise ValueError("the file is JSON, but no notebook")
    return found, notes


def _otherwise(text: str, name: str, locked: tuple[str, ...], notes: list[str], why: str) -> tuple[dict, list[str]]:
    """The ways for what is no JSON."""
    ending = name.lower().rsplit(".", 1)[-1]
    start = text.lstrip()[:200].lower()
    if ending in ("html", "htm") or start.startswith(("<!doctype html", "<html")):
        cells = page(text)
        if cells:
            return _notebook(cells), [*notes, "It was a web page; its cells were read from there, without formatting."]
        raise ValueError("the file is a web page without a notebook in it")
    if start.startswith(("{", "[")) and '"cell' in text:
        cells = salvage(text)
        if any(cell.get("cell_type") != "raw" for cell in cells):
            return _notebook(cells), [*notes, f"The file is damaged ({why[:60]}); {len(cells)} cells could be read."]
        raise ValueError(f"the file is no valid JSON ({why[:80]}), so it is no whole notebook")
    if ending in ("py", "txt", "ipynb") and _is_python(text):
        cells = script(text, locked)
        if cells:
            return _notebook(cells), [*notes, "It was a Python script; its cells were read from there."]
    raise ValueError(f"the file is no valid JSON ({why[:80]}), so it is no whole notebook")


def _notebook(cells: list[dict]) -> dict:
    return {"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": cells}


def _cell(kind: str, source: str, **more: Any) -> dict:
    return {"cell_type": kind, "metadata": {}, "source": source, **({"outputs": []} if kind == "code" else {}), **more}


def salvage(text: str) -> list[dict]:
    """The cells of a notebook whose JSON breaks off or has trash in it; what follows the last whole one as raw text."""
    opening = re.search(r'"cells"\s*:\s*\[', text)
    at = opening.end() if opening else 0
    cells: list[dict] = []
    faults = 0
    while True:
        brace = text.find("{", at)
        if brace < 0:
            break
        try:
            found, end = DECODER.raw_decode(text, brace)
        except (ValueError, RecursionError):
            # Trash within: go on where the next cell begins, and keep what lies between.
            following = re.compile(r'\{\s*"(?:cell_type|metadata|id|execution_count)"\s*:').search(text, brace + 1)
            faults += 1
            if not following or faults > MAX_FAULTS:
                tail = text[brace:]
                if tail.strip():
                    cells.append(_cell("raw", "The end of the file, which could not be read:\n" + tail[:MAX_TAIL]))
                break
            lost = text[brace : following.start()]
            if '"source"' in lost:
                cells.append(_cell("raw", "A part of the file that could not be read:\n" + lost[:MAX_TAIL]))
            at = following.start()
            continue
        at = end
        if isinstance(found, dict) and found.get("cell_type") in ("code", "markdown", "raw"):
            cells.append(found)
    return cells


def page(text: str) -> list[dict]:
    """The cells of a notebook that was saved as HTML by nbconvert or JupyterLab, or that stands in a page as JSON."""
    from bs4 import BeautifulSoup

    starts = re.finditer(r"\{\s*(?:\"|&quot;)(?:cells|nbformat|metadata)(?:\"|&quot;)\s*:", text)
    for match in islice(starts, MAX_STARTS):
        plain = html.unescape(text[match.start() :])
        try:
            found, _ = DECODER.raw_decode(plain)
        except (ValueError, RecursionError):
            continue
        if isinstance(found, dict) and isinstance(found.get("cells"), list):
            return [c for c in found["cells"] if isinstance(c, dict)]
    if text.count("<") > MAX_TAGS:
        raise ValueError(f"the file is a web page of more than {MAX_TAGS:,} tags")
    cells = []
    for box in BeautifulSoup(text, "html.parser").select("div.jp-Cell, div.cell"):
        code = box.select_one(".jp-InputArea-editor pre, .input_area pre")
        words = box.select_one(".jp-RenderedMarkdown, .text_cell_render")
        if code is not None:
            cells.append(_cell("code", code.get_text().rstrip("\n")))
        elif words is not None:
            cells.append(_cell("markdown", words.get_text().strip().replace("¶", "")))
    return cells


def _is_python(text: str) -> bool:
    return bool(text.strip()) and (parses(text) or bool(MARKER.search(text)))


def script(text: str, locked: tuple[str, ...] = ()) -> list[dict]:
    """The cells of a script: cut at its markers, and where the released cells stand in it."""
    known = sorted({k.strip() for k in locked if len(k.strip()) > 30}, key=len, reverse=True)
    for number, released in enumerate(known):
        for form in (released, _commented(released)):
            text = text.replace(form, f"\n# %% released {number}\n# %%\n")
    text = _strings_as_text(text)
    cells = []
    starts = [(0, 0, ""), *((m.start(), m.end(), m[1].strip()) for m in MARKER.finditer(text))]
    for (_, begin, about), (end, *_) in zip(starts, [*starts[1:], (len(text), 0, "")], strict=True):
        body = text[begin:end].strip("\n")
        lines = [line for line in body.splitlines() if line.strip()]
        if match := re.match(r"released (\d+)$", about):
            cells.append(_cell("code" if parses(known[int(match[1])]) else "markdown", known[int(match[1])]))
        elif not lines or body.startswith("#!"):
            continue
        elif "markdown" in about or (all(line.startswith("#") for line in lines) and not about):
            cells.append(_cell("markdown", "\n".join(re.sub(r"^# ?", "", line) for line in body.splitlines()).strip()))
        else:
            cells.append(_cell("code", body))
    return cells


def _strings_as_text(text: str) -> str:
    """A string of three quotes that stands alone, from one line's start to a line's end, is a Markdown cell.

    In one pass: a regular expression for the whole would look through the rest of the file for every quote.
    """
    ends = [m.start() for m in re.finditer(r'"""$', text, re.M)]
    done, parts = 0, []
    for opening in re.finditer(r'^"""', text, re.M):
        at = bisect_left(ends, opening.end())
        if at == len(ends):
            break
        if opening.start() >= done:
            words = _commented(text[opening.end() : ends[at]])
            parts += [text[done : opening.start()], f"# %% [markdown]\n{words}\n# %%"]
            done = ends[at] + 3
    return "".join([*parts, text[done:]])


def _commented(text: str) -> str:
    return "\n".join(f"# {line}" for line in text.strip("\n").split("\n"))
