"""Mark schemes of hand-graded answers, read out of the source: what earns points, and what to look for.

A scheme is in the locked question cell above the answer, between `=== BEGIN MARK SCHEME ===` and `=== END MARK
SCHEME ===`. A line `- 2 — the sum` earns points; `Look for: …; ….` lists known mistakes; a line `b:` begins another
option of a choice, whose entries then begin with `(b)`. Everything else is a note for the grader, which stays in the
cell.
"""

import re
from dataclasses import dataclass

from nbformat.notebooknode import NotebookNode

from coursework.core.cells import is_by_hand

MARK_SCHEME = re.compile(r"^[^\n]*BEGIN MARK SCHEME.*?END MARK SCHEME[^\n]*$", re.M | re.S)
REGION = re.compile(r"^[^\n]*BEGIN MARK SCHEME[^\n]*\n(.*?)^[^\n]*END MARK SCHEME", re.M | re.S)
LINE = re.compile(r"^(?:[-*•]\s+)?(\d+)?([.,]\d+|½)?\s*(?:points?|pts?)?\s+[—–-]\s+(\S.*)$")
OPTION = re.compile(r"^\**\(?([a-z])\)?[:.]\**(?=\s|$)")
OPTION_OF_LINE = re.compile(r"^\(([a-z])\) ")
LOOK_FOR = "Look for:"
EARNED = re.compile(r"^\s*[✓◐✗]\s*(\d+(?:[.,]\d+)?)(?:\s+of\s+(\d+(?:[.,]\d+)?))?\s+·\s+(\S.*)$")


@dataclass(frozen=True)
class Scheme:
    """`lines` are (points, what earns them); `look_for` are known mistakes."""

    lines: tuple[tuple[float, str], ...]
    look_for: tuple[str, ...]

    @property
    def options(self) -> dict[str, float]:
        """Option of a choice → its points; "" where there is nothing to choose."""
        sums: dict[str, float] = {}
        for points, text in self.lines:
            option = OPTION_OF_LINE.match(text)
            name = option[1] if option else ""
            sums[name] = sums.get(name, 0.0) + points
        return sums

    @property
    def shape(self) -> str:
        """The points alone, for students: "3 + 2 + 1"; of a choice "a: 3 + 2; b: 4 + 1"."""
        parts: dict[str, list[str]] = {}
        for points, text in self.lines:
            option = OPTION_OF_LINE.match(text)
            parts.setdefault(option[1] if option else "", []).append(f"{points:g}")
        return "; ".join(f"{name}: {' + '.join(p)}" if name else " + ".join(p) for name, p in parts.items())

    @property
    def points(self) -> float:
        """The most that can be earned; of a choice, by one option."""
        return max(self.options.values(), default=0.0)


@dataclass(frozen=True)
class Earned:
    """What an answer got for one line of its scheme, as a grader has said it in the comment."""

    got: float
    of: float
    text: str


def earned(comment: str) -> tuple[list[Earned], list[str]]:
    """A grader's comment: its lines `✓ 2 · text` and `✗ 0 of 2 · text`, as formgrader's buttons write; the rest."""
    marks, rest = [], []
    for line in comment.splitlines():
        if found := EARNED.match(line):
            got = float(found[1].replace(",", "."))
            marks.append(Earned(got, float((found[2] or found[1]).replace(",", ".")), found[3].strip()))
        elif line.strip():
            rest.append(line.strip())
    return marks, rest


def scheme(text: str) -> Scheme | None:
    """The mark scheme in the text of a cell; None when there is none, or none of its lines earns points."""
    region = REGION.search(text)
    if not region:
        return None
    lines: list[tuple[float, str]] = []
    look_for: list[str] = []
    option = ""
    for line in _joined(region[1]):
        if earns := LINE.match(line):
            if earns[1] or earns[2]:
                lines.append((_points(earns[1], earns[2]), option + earns[3].strip()))
        elif begins := OPTION.match(line):
            option = f"({begins[1]}) "
        if LOOK_FOR in line:
            look_for += [option + mistake for mistake in _mistakes(line.partition(LOOK_FOR)[2])]
    return Scheme(tuple(lines), tuple(look_for)) if lines else None


def _joined(text: str) -> list[str]:
    """The lines of a scheme; an indented one continues the line above."""
    found: list[str] = []
    for line in text.splitlines():
        if line[:1].isspace() and line.strip() and found and found[-1]:
            found[-1] += " " + line.strip()
        else:
            found.append(line.strip())
    return found


def _points(whole: str | None, part: str | None) -> float:
    return float(whole or 0) + (0.5 if part == "½" else float((part or "0").replace(",", ".")))


def _mistakes(text: str) -> list[str]:
    """The entries of a `Look for`: up to the end of its sentence, apart at semicolons, or at commas if there are none.

    Brackets hold together what is in them. A comma behind a bracket always separates: `6500 (no biases), 185 (units)`.
    """
    depth, entries, commas = 0, [""], not re.search(r";", re.sub(r"\([^()]*\)|\[[^\[\]]*\]", "", text))
    for at, sign in enumerate(text):
        depth = max(0, depth + (sign in "([") - (sign in ")]"))
        if not depth and re.match(r"[.!?]\s+[A-Z]", text[at:]):
            break
        apart = sign == ";" or (sign == "," and (commas or text[at - 1] == ")") and text[at + 1 : at + 2] == " ")
        if apart and not depth:
            entries.append("")
        else:
            entries[-1] += sign
    return [entry for e in entries if (entry := e.strip().rstrip("."))]


def schemes(nb: NotebookNode) -> dict[str, Scheme]:
    """grade_id of a hand-graded answer → the mark scheme above it (or in it), of a source notebook."""
    found: dict[str, Scheme] = {}
    last: Scheme | None = None
    for cell in nb.cells:
        last = scheme(cell.source) or last
        if is_by_hand(cell):
            if last:
                found[cell.metadata.nbgrader.grade_id] = last
            last = None
    return found
