"""Which assignment a file is of: by its own id, its name, a folder's name or its content."""

import re
from collections.abc import Callable, Sequence
from pathlib import PurePosixPath

from coursework.core.naming import BadName
from coursework.core.roster import fold
from coursework.intake.copies import ENDING


class NoAssignment(BadName):
    """Neither a file nor what is around it says of which assignment it is."""


def assignment_of(path: PurePosixPath, own: str | None, guess: Callable[[], str | None], known: Sequence[str]) -> str:
    """The notebook's own id beats its name; then the name, a folder's name, its content (`guess`).

    Raises NoAssignment.
    """
    if own in known:
        return str(own)
    for part in (path.stem, *reversed(path.parts[:-1])):
        if found := _mentioned(part, known):
            return found
    if found := guess():
        return found
    raise NoAssignment(f"{path.name} does not say which assignment it is: it should be Last_First_{known[0]}.ipynb")


def _mentioned(text: str, known: Sequence[str]) -> str | None:
    """The assignment whose id, or whose number ("hw1", "homework 1"), is in `text`; None for none or several."""
    exact = [a for a in known if fold(a) in fold(text)]
    if exact:
        return exact[0] if len(exact) == 1 else None
    numbers = {m for m in re.findall(r"(?:hw|homework|assignment|ex|sheet)[\s_-]*0*(\d+)(?!\d)", text.casefold())}
    short = [a for a in known if re.search(r"\d+", a) and re.search(r"\d+", a)[0] in numbers]  # type: ignore[index]
    return short[0] if len(short) == 1 else None


def strip_assignment(stem: str, assignment: str) -> str:
    """`stem` without the assignment's id, in whatever spelling, and without what people add; words by blanks."""
    loose = r"[\W_]*".join(re.findall(r"[^\W\d_]+|\d+", assignment))
    plain = re.sub(rf"(?<![^\W_]){loose}(?![^\W_])", " ", stem, flags=re.I)
    plain = re.sub(r"(?i)(?<![a-z])(hw|homework|assignment|ex|sheet)[\s_-]*\d+(?!\d)", " ", plain)
    plain = re.sub(r"(?i)(?<![^\W_])(final|submission|version|solution|v\d+|\(\d+\))(?![^\W_])", " ", plain)
    plain = ENDING.sub(" ", plain)
    return " ".join(re.split(r"[\s_,–-]+", plain.strip(" _-,.{}"))).strip()
