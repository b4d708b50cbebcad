"""Cells out of a file that is not a whole notebook any more: broken JSON, or a page that was saved."""

import html
import json
import re
from itertools import islice
from typing import Any

from coursework.intake import loose

MAX_TAIL = 20_000  # characters of an unreadable end that are kept for a human
MAX_FAULTS = 100  # places with trash in a file; each costs a look at all that follows
MAX_STARTS = 20  # places of a page where a notebook's JSON may begin
MAX_TAGS = 200_000  # of a page
OUTPUT = re.compile("output", re.I)
DECODER = json.JSONDecoder(strict=False)


def cell_of(kind: str, source: str, **more: Any) -> dict:
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
            # Trash within: go on where the next cell begins, and keep what is between.
            following = re.compile(r'\{\s*"(?:cell_type|metadata|id|execution_count)"\s*:').search(text, brace + 1)
            faults += 1
            if not following or faults > MAX_FAULTS:
                tail = text[brace:]
                if tail.strip():
                    cells.append(cell_of("raw", "The end of the file, which could not be read:\n" + tail[:MAX_TAIL]))
                break
            lost = text[brace : following.start()]
            if isinstance(mended := loose.value(lost.rstrip().rstrip(",")), dict) and "cell_type" in mended:
                cells.append(mended)
            elif '"source"' in lost:
                cells.append(cell_of("raw", "A part of the file that could not be read:\n" + lost[:MAX_TAIL]))
            at = following.start()
            continue
        at = end
        if isinstance(found, dict) and found.get("cell_type") in ("code", "markdown", "raw"):
            cells.append(found)
        elif isinstance(found, dict) and isinstance(found.get("cells"), list):  # another notebook behind the first
            cells += [c for c in found["cells"] if isinstance(c, dict) and c not in cells]
    return cells


def page(text: str) -> list[dict]:
    """The cells of a notebook that was saved as HTML by nbconvert or another tool, or that is in a page as JSON."""
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
        if code is None and words is None:  # of Jupyter Book, Quarto and others, whose words are outside of the boxes
            code = next((pre for pre in box.select("pre") if pre.find_parent(class_=OUTPUT) is None), None)
        if code is not None:
            cells.append(cell_of("code", code.get_text().rstrip("\n")))
        elif words is not None:
            cells.append(cell_of("markdown", words.get_text().strip().replace("¶", "")))
    return cells
