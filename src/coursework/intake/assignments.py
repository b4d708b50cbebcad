"""Which assignment a file is of: by its own id, its name, a folder's name or its content."""

import html
import json
import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path, PurePosixPath

from coursework.core.course import Course, read_notebook
from coursework.core.names import fold
from coursework.core.naming import BadName
from coursework.intake.copies import ENDING
from coursework.intake.found import Found
from coursework.intake.kinds import is_page

# What programs put in front of a file's ending, or behind it.
ADDED = re.compile(
    r"\.(nbconvert|executed|output|download|crdownload|part|tmp|bak|backup|old|orig|save)(?![^\W_])", re.I
)


class NoAssignment(BadName):
    """Neither a file nor what is around it says of which assignment it is."""


def assignment_of(course: Course, found: Found) -> str:
    """The notebook's own id beats its name; then the name, a folder's name, its content. Raises NoAssignment."""
    known = course.assignments
    if (own := _own(found)) in known:
        return str(own)
    if said := by_name(found.path, known) or by_content(course, found):
        return said
    raise NoAssignment(
        f"{found.path.name} does not say which assignment it is: it should be Last_First_{known[0]}.ipynb"
    )


def _own(found: Found) -> str | None:
    """The assignment that the notebook itself says it is."""
    try:
        about = json.loads(found.payload).get("metadata", {}).get("coursework", {})
        return about.get("assignment") if isinstance(about.get("assignment"), str) else None
    except (ValueError, AttributeError, RecursionError):
        return None


def by_name(path: PurePosixPath, known: Sequence[str]) -> str:
    """What a file's name says, else the innermost folder that says it; "" when none does."""
    return next((found for part in (path.stem, *reversed(path.parts[:-1])) if (found := _mentioned(part, known))), "")


def _mentioned(text: str, known: Sequence[str]) -> str:
    """The assignment whose id, or whose number ("hw1", "homework 1"), is in `text`; "" for none or several."""
    exact = [a for a in known if fold(a) in fold(text)]
    if exact:
        return exact[0] if len(exact) == 1 else ""
    numbers = {m for m in re.findall(r"(?:hw|homework|assignment|ex|sheet)[\s_-]*0*(\d+)(?!\d)", text.casefold())}
    short = [a for a in known if re.search(r"\d+", a) and re.search(r"\d+", a)[0] in numbers]  # type: ignore[index]
    return short[0] if len(short) == 1 else ""


def by_content(course: Course, found: Found) -> str:
    """The assignment whose released cells a file holds most of, by their ids, its title, or its cells' text."""
    payload = found.payload
    ids = set(re.findall(rb'"(?:grade_id|id)[\\]?"\s*:\s*[\\]?"([^"\\]{1,80})[\\]?"', payload))
    text = _letters(found)
    shares = {}
    for assignment in course.assignments:
        path = course.released(assignment)
        if not path.exists():
            continue
        own, title, ends = _marks(path, path.stat().st_mtime_ns)
        titled = title and (title.encode() in payload or json.dumps(title)[1:-1].encode() in payload)
        written = sum(end in text for end in ends) / max(1, len(ends))
        shares[assignment] = max(len(own & ids) / max(1, len(own)), 0.5 if titled else 0.0, written)
    best = sorted(shares, key=lambda a: -shares[a])
    clear = best and shares[best[0]] >= 0.3 and (len(best) == 1 or shares[best[0]] > 2 * shares[best[1]])
    return best[0] if clear else ""


def _letters(found: Found) -> bytes:
    """The letters and digits of a file, of a page those that it shows: there each word of code has tags around it."""
    payload = found.payload
    if is_page(found):
        payload = html.unescape(re.sub(rb"<[^<>]*>", b"", payload).decode("utf-8", "replace")).encode()
    return re.sub(rb"\\[nt]|\W", b"", payload)


@lru_cache(maxsize=64)
def _marks(path: Path, changed: int) -> tuple[frozenset[bytes], str, tuple[bytes, ...]]:
    """(ids of a released notebook's questions, its title, ends of its code), read once for an inbox of thousands."""
    nb = read_notebook(path)
    title = str(nb.metadata.get("coursework", {}).get("title", ""))
    code = [re.sub(r"\W", "", c.source).encode() for c in nb.cells if c.cell_type == "code" and len(c.source) > 60]
    return frozenset(c.id.encode() for c in nb.cells if c.id[:1] == "q"), title, tuple(k[-60:] for k in code)


def of_the_course(course: Course, assignment: str, found: Found) -> bool:
    """Whether a script or page holds something of the released notebook, and is not a helper file."""
    path = course.released(assignment)
    text = _letters(found)
    return path.exists() and any(end in text for end in _marks(path, path.stat().st_mtime_ns)[2])


def strip_assignment(stem: str, assignment: str) -> str:
    """`stem` without the assignment's id, in whatever spelling, and without what people add; words by blanks."""
    return " ".join(re.split(r"[\s_,–-]+", beside(stem, assignment).strip(" _-,.{}"))).strip()


def beside(stem: str, assignment: str) -> str:
    """As `strip_assignment`, with all that is between the words: a login or number may have it inside."""
    loose = r"[\W_]*".join(re.findall(r"[^\W\d_]+|\d+", assignment))
    plain = re.sub(rf"(?<![^\W_]){loose}(?![^\W_])", " ", stem, flags=re.I)
    plain = re.sub(r"(?i)(?<![a-z])(hw|homework|assignment|ex|sheet)[\s_-]*\d+(?!\d)", " ", plain)
    plain = re.sub(r"(?i)(?<![^\W_])(final|submission|version|solution|v\d{1,2}(\.\d+)*|\(\d+\))(?![^\W_])", " ", plain)
    return ENDING.sub(" ", ADDED.sub(" ", plain))
