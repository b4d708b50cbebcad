"""The one parser for submissions' names; `release` copies it into the last cell of every notebook.

The rule is ``{Last-name}_{first-name}_{assignment}.ipynb``: split from the right at the assignment id, the rest at its
last underscore. Letters of any script, hyphens, apostrophes and blanks pass; the literal placeholders do not.
"""

import re
import unicodedata
from typing import NamedTuple

PLACEHOLDERS = {"last", "first", "last-name", "first-name", "lastname", "firstname", "name", "surname"}
COPY_PREFIX = re.compile(r"^(copy of|kopie von|copie de|copia de)\s+", re.I)
COPY_SUFFIX = re.compile(r"\s*(\(\d+\)|[-_ ]copy\d*)$", re.I)


class BadName(ValueError):
    """The file name does not say who handed in what; one line that says why."""


class HandInName(NamedTuple):  # a dataclass cannot be defined below a student's `from __future__ import annotations`
    """Who and what, as the file name says it; `odd` lists what had to be overlooked, one sentence part each."""

    last: str
    first: str
    assignment: str
    odd: list


def _clean(stem: str, odd: list) -> str:
    """`stem` without what browsers, Colab and file managers add; each is named in `odd`."""
    while True:
        before = stem
        if stem != stem.strip():
            stem = stem.strip()
            odd.append("blanks around it")
        if stem.lower().endswith(".ipynb"):
            stem = stem[:-6]
            odd.append("the ending .ipynb twice")
        if match := COPY_PREFIX.match(stem):
            odd.append(f"“{match[0].strip()}” in front")
            stem = stem[match.end() :]
        if match := COPY_SUFFIX.search(stem):
            odd.append(f"“{match[0].strip()}” at the end")
            stem = stem[: match.start()]
        if stem == before:
            return stem


def parse_hand_in_name(file_name: str, assignments: list) -> HandInName:
    """Read `Last_First_assignment.ipynb` (or .pdf). Raises BadName, one line, when it does not follow the rule."""
    odd: list = []
    name = unicodedata.normalize("NFC", file_name.replace("\\", "/").rsplit("/", 1)[-1])
    stem, dot, ending = name.rpartition(".")
    if not dot or ending.lower() not in ("ipynb", "pdf"):
        raise BadName(f"{name} does not end with .ipynb")
    stem = _clean(stem, odd)
    rule = f"it should be Last_First_{assignments[0] if len(assignments) == 1 else 'hw1-mlp'}.{ending}"
    found = next((a for a in assignments if stem.lower().endswith("_" + a.lower())), None)
    if found is None:
        raise BadName(f"{name} does not end with the assignment's id: {rule}")
    if not stem.endswith(found):
        odd.append("the assignment's id in other letters")
    last, bar, first = stem[: -len(found) - 1].rpartition("_")
    last, first = last.replace("_", " ").strip(" {}"), first.strip(" {}")
    if "{" in stem or "}" in stem:
        odd.append("braces")
    if not bar or not last or not first:
        raise BadName(f"{name} has no last and first name with an underscore between them: {rule}")
    if last.lower() in PLACEHOLDERS and first.lower() in PLACEHOLDERS:
        raise BadName(f"{name} still holds the placeholders: put your own names there")
    for part in (last, first):
        if any(not (c.isalpha() or unicodedata.category(c)[0] == "M" or c in " -'’.·") for c in part):
            raise BadName(f"{name}: {part!r} has characters that no name has: {rule}")
        if not any(c.isalpha() for c in part):
            raise BadName(f"{name}: {part!r} is no name: {rule}")
    return HandInName(last, first, found, odd)


def student_id(last: str, first: str) -> str:
    """A stable id for folders and the gradebook: ``Last_First``, NFC, blanks as hyphens, no dots at its ends."""
    parts = [re.sub(r"[\s·]+", "-", unicodedata.normalize("NFC", part).strip()).strip("-.") for part in (last, first)]
    return "_".join(parts)
