"""Cells out of a Python script: an export of Jupyter's, of an editor's, or what somebody pasted together."""

import re
from bisect import bisect_left

from coursework.intake.pieces import cell_of
from coursework.notebook.whole import parses

MARKER = re.compile(r"^#[ ]?(?:%%|[ ]?In\[[ \d]*\]:|[ ]?<(?:codecell|markdowncell)>|[ ]?\+(?=[ ]|$))(.*)$", re.M)


def is_python(text: str) -> bool:
    """Whether a text is code, or has a script's marks of cells."""
    return bool(text.strip()) and (parses(text) or bool(MARKER.search(text)))


def script(text: str, locked: tuple[str, ...] = ()) -> list[dict]:
    """The cells of a script: cut at its markers, and where the released cells are in it."""
    known = sorted({k.strip() for k in locked if len(k.strip()) > 30}, key=len, reverse=True)
    for number, released in enumerate(known):
        mark = f"\n# %% released {number}\n# %%\n"
        if f'"""{released}' in text or f'"""\n{released}' in text:  # a string that stands alone, quotes and all
            text = re.sub(rf'^"""\s*{re.escape(released)}\s*"""$', "\0", text, flags=re.M).replace("\0", mark)
        for form in (released, _commented(released)):
            text = text.replace(form, mark)
    text = _strings_as_text(text)
    cells = []
    starts = [(0, 0, ""), *((m.start(), m.end(), m[1].strip()) for m in MARKER.finditer(text))]
    for (_, begin, about), (end, *_) in zip(starts, [*starts[1:], (len(text), 0, "")], strict=True):
        body = text[begin:end].strip("\n")
        lines = [line for line in body.splitlines() if line.strip()]
        if match := re.match(r"released (\d+)$", about):
            cells.append(cell_of("code" if parses(known[int(match[1])]) else "markdown", known[int(match[1])]))
        elif not lines or body.startswith("#!"):
            continue
        elif (
            "markdown" in about
            or re.search(r"\bmd\b", about)
            or (all(line.startswith("#") for line in lines) and not about)
        ):
            cells.append(
                cell_of("markdown", "\n".join(re.sub(r"^# ?", "", line) for line in body.splitlines()).strip())
            )
        else:
            cells.append(cell_of("code", body))
    return cells


def _strings_as_text(text: str) -> str:
    """A string of three quotes alone, from one line's start to a line's end, is a Markdown cell.

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
