"""Marks of a git conflict in a notebook's file: both sides are read; where they are equal there is only one.

Where they differ, the other side's cell is put behind ours, under the same id, so that the repair names the cell and
nothing is lost.
"""

import re

START, MIDDLE, BASE, END = "<<<<<<<", "=======", "|||||||", ">>>>>>>"
MARKS = re.compile(rf"^{START}(?: .*)?\r?$.*?^{MIDDLE}\r?$.*?^{END}(?: .*)?\r?$", re.M | re.S)
ONE = re.compile(r"(?:<{7}|>{7}|\|{7})(?: .*)?\r?$|={7}\r?$")


def conflicting(text: str) -> bool:
    return START in text and bool(MARKS.search(text))


def leftover(text: str) -> tuple[str, str]:
    """(a text without lines that are a mark, the first of them with its number); ("", "") where there is none.

    Whoever solved a conflict may have forgotten one of its marks.
    """
    if not any(mark in text for mark in (START, MIDDLE, BASE, END)):
        return "", ""
    lines = text.split("\n")
    at = [number for number, line in enumerate(lines) if ONE.match(line)]
    if not at:
        return "", ""
    mark = lines[at[0]].strip()[:60]
    return "\n".join(line for line in lines if not ONE.match(line)), f"line {at[0] + 1}: `{mark}`"


def sides(text: str) -> tuple[str, str]:
    """(our side, their side) of a text with conflict marks."""
    ours: list[str] = []
    theirs: list[str] = []
    where = ""
    for line in text.split("\n"):
        mark = line[:7]
        if mark == START and not where:
            where = "ours"
        elif mark == BASE and where == "ours":
            where = "base"
        elif line.rstrip("\r") == MIDDLE and where in ("ours", "base"):
            where = "theirs"
        elif mark == END and where == "theirs":
            where = ""
        else:
            if where in ("", "ours"):
                ours.append(line)
            if where in ("", "theirs"):
                theirs.append(line)
    return "\n".join(ours), "\n".join(theirs)


def _key(cell: dict) -> str:
    meta = cell.get("metadata")
    about = meta.get("nbgrader") if isinstance(meta, dict) else None
    named = about.get("grade_id") if isinstance(about, dict) else None
    return str(named or cell.get("id") or "")


def _text(cell: dict) -> str:
    source = cell.get("source", "")
    return "".join(map(str, source)) if isinstance(source, list) else str(source)


def merged(ours: list[dict], theirs: list[dict]) -> tuple[list[dict], list[str]]:
    """(our cells with those of theirs that differ behind them, the ids of these)."""
    known = {_text(c).strip() for c in ours}
    extra: dict[str, list[dict]] = {}
    differ = []
    after = ""
    places = {_key(c) for c in ours if _key(c)}
    for cell in theirs:
        after = _key(cell) if _key(cell) in places else after
        if _text(cell).strip() and _text(cell).strip() not in known:
            extra.setdefault(after, []).append(cell)
            differ.append(_key(cell) or "a cell without an id")
    cells = list(extra.get("", []))
    for cell in ours:
        cells.append(cell)
        cells += extra.pop(_key(cell), []) if _key(cell) else []
    return cells, differ
