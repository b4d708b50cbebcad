"""Written answers that are elsewhere than in their cell: in cells of the student's own, or in a given text.

A written answer has no names by which it is known, only its place: the words between the answers before and after it,
within its section. Where these may be another answer's, or no answer, they stay, and a human is asked to look: an
answer that nobody sees gets 0 points by itself.
"""

import ast
import copy
import re
from urllib.parse import quote

from nbformat.notebooknode import NotebookNode

from coursework.core.cells import is_answer, nbgrader_of
from coursework.intake.beside import Say, added, free, moved, put
from coursework.intake.code import Reader, plain
from coursework.notebook.whole import whole_tree

MAGIC = re.compile(r"%%(?:markdown|latex|html)\b[^\n]*\n", re.I)
SENTENCE = re.compile(
    r"(?<![^\W\d_])[^\W\d_]{2,}[,:]? [^\W\d_]+[,:]? [^\W\d_]{2,}"
)  # three words in a row, as code has none
QUOTED = re.compile(r"#.*|\"[^\"\n]*\"|(?<!\w)'[^'\n]*'")  # where code has words, too
SHOWS = {"print", "display", "Markdown", "Latex", "Math", "HTML"}


class _Places:
    """Where the words are, and where the answers: both as numbers of the release's cells."""

    def __init__(self, found: dict[int, str], skeleton: NotebookNode, size: int) -> None:
        self.order = {c.id: n for n, c in enumerate(skeleton.cells)}
        self.answers = [n for n, c in enumerate(skeleton.cells) if is_answer(c)]
        self.written = [n for n in self.answers if skeleton.cells[n].cell_type == "markdown"]
        given = [n for n, c in enumerate(skeleton.cells) if c.cell_type == "markdown" and n not in self.written]
        self.heads = [n for n in given if skeleton.cells[n].source.lstrip().startswith("#")]
        self.end = len(skeleton.cells)
        self.between: dict[int, tuple[int, int]] = {}  # position → the release's cells above and below it
        above, below = -1, self.end
        for p in range(size):
            above = self.order.get(found.get(p, ""), above)
            self.between[p] = (above, self.end)
        for p in reversed(range(size)):
            below = self.order.get(found.get(p, ""), below)
            self.between[p] = (self.between[p][0], below)

        self.spans = {n: self.around(n, self.answers, self.heads) for n in self.written}
        self.reach = {n: min(self.around(n, one)[0] for one in (self.heads, self.answers)) for n in self.written}
        self.reached = {n: self.around(n, self.answers)[1] for n in self.written}

    def around(self, number: int, *stops: list[int]) -> tuple[int, int]:
        """The nearest of `stops` before and after one of the release's cells."""
        every = [n for stop in stops for n in stop]
        return max([-1, *(n for n in every if n < number)]), min([self.end, *(n for n in every if n > number)])

    def next_to(self, position: int, typed: bool) -> list[int]:
        """The written answers that no other cell of the release parts from these words.

        At the end of the file it is only the one right above; and of a file that was cut off, what follows its last
        whole cell is not `typed`, but raw.
        """
        above, below = self.between[position]
        last = below == self.end
        return [n for n in self.written if above <= n <= below and ((n == above and typed) or not last)]

    def within(self, position: int) -> list[int]:
        """The written answers between whose neighbours, in one section, these words are."""
        above, below = self.between[position]
        return [n for n, (first, last) in self.spans.items() if first <= above <= below <= last and below < self.end]

    def beside(self, position: int, number: int) -> bool:
        """Whether words may be this answer's at all: from its heading to the next answer, or at the file's end."""
        above, below = self.between[position]
        return self.reach[number] <= above and (below <= self.reached[number] or below == self.end)


def gather(
    unanswered: list[NotebookNode],
    cells: list[NotebookNode],
    found: dict[int, str],
    skeleton: NotebookNode,
    say: Say,
    code: Reader,
    size: int,
) -> None:
    """Put words into the places of the written answers that are not given, or say that they are there.

    Args:
        unanswered: the released cells of the written answers that are not given.
        cells, found, skeleton, say, code: as for an answer in code.
        size: how many of the cells were in the file; what we added behind these is in no order.
    """
    if not unanswered:
        return
    places = _Places(found, skeleton, size)
    known = {plain(c.source) for c in skeleton.cells}
    own = [p for p, c in enumerate(cells[:size]) if free(p, cells, found) and plain(c.source) not in known]
    own = [p for p in own if not nbgrader_of(cells[p]).get("locked")]  # a given cell of another release
    said = {p: text for p in own if (text := _said(cells[p], code))}
    next_to = {p: places.next_to(p, cells[p].cell_type == "markdown") for p in own}
    within = {p: places.within(p) for p in said}
    for answer in unanswered:
        number = places.order[answer.id]
        mine = [p for p in said if next_to[p] == [number]]
        if mine:
            _join(answer, mine, said, cells, found)
            moved(answer, say)
            continue
        if _in_a_given_text(answer, cells, found, skeleton, places):
            say("beside", answer.id, f"The answer of {answer.id} was typed into the question; it was put in its place.")
            continue
        mine = [p for p in said if within[p] == [number] and not next_to[p]]
        if mine:
            _join(answer, mine, said, cells, found)
            moved(answer, say)
        elif nbgrader_of(answer).get("points") and (
            any(places.beside(p, number) for p in said) or any(number in next_to[p] for p in own)
        ):
            text = "is not answered; a cell of the student's own is beside it or at the end, and may be the answer."
            say("shown", answer.id, f"{answer.id} {text}")


def _said(cell: NotebookNode, code: Reader) -> str:
    """What a cell of the student's own says in words; "" where it is code, or nothing."""
    text = cell.source.strip()
    if not re.search(r"\w", text):
        return ""
    if cell.cell_type != "code":
        return text
    if magic := MAGIC.match(text):
        return text[magic.end() :].strip()
    if code.parses(text) or code.tired:
        return "" if code.tired else _shown(text, code)
    words = SENTENCE.search(QUOTED.sub("", text)) and not code.parses(code.bare(text))
    return text if words else ""


def _shown(text: str, code: Reader) -> str:
    """The words of code that has nothing else: comments, texts, or a call that shows texts."""
    body = whole_tree(text).body
    if not body:
        words = "\n".join(re.sub(r"^\s*#+ ?", "", line) for line in text.splitlines())
        program = code.parses(words) and not all(_name(one) for one in whole_tree(words).body)
        return "" if program or "%" in text[:1] or "!" in text[:1] else words.strip()
    parts = [_literal(one.value) for one in body if isinstance(one, ast.Expr)]
    rest = [one for one in body if not isinstance(one, ast.Expr | ast.Import | ast.ImportFrom)]
    return "" if rest or not all(parts) else "\n\n".join(part.strip() for part in parts if part)


def _name(one: ast.stmt) -> bool:
    """Whether a statement is a single word or number, as a short answer is."""
    return isinstance(one, ast.Expr) and isinstance(one.value, ast.Name | ast.Constant)


def _literal(value: ast.expr) -> str:
    """The text that an expression is or shows."""
    if isinstance(value, ast.Constant):
        return value.value if isinstance(value.value, str) else ""
    if not isinstance(value, ast.Call):
        return ""
    name = value.func.attr if isinstance(value.func, ast.Attribute) else getattr(value.func, "id", "")
    parts = [_literal(one) for one in value.args]
    return " ".join(parts) if name in SHOWS and all(parts) else ""


def _join(
    answer: NotebookNode, mine: list[int], said: dict[int, str], cells: list[NotebookNode], found: dict[int, str]
) -> None:
    """Put the words of some cells, in their order, into an answer's place, with their pictures."""
    whole = copy.deepcopy(cells[mine[0]])
    pictures: dict[str, dict] = {}
    texts = []
    for number, p in enumerate(mine):
        text = said.pop(p)
        whole_cell = text == cells[p].source.strip()
        for name, bundle in cells[p].get("attachments", {}).items():
            new = name
            if pictures.get(name, bundle) != bundle:  # Jupyter calls many of them `image.png`
                new = f"{number}-{name}"
                for old in (name, quote(name)):
                    text = text.replace(f"attachment:{old}", f"attachment:{number}-{old}")
            pictures[new] = bundle
        texts.append(text)
        if whole_cell:
            cells[p].source = ""
    whole.pop("attachments", None)
    if pictures:
        whole.attachments = pictures
    put(answer, "\n\n".join(texts), whole, cells, found)


def _in_a_given_text(
    answer: NotebookNode, cells: list[NotebookNode], found: dict[int, str], skeleton: NotebookNode, places: _Places
) -> bool:
    """A written answer that was typed into its question, or a text above it in its section: what was added there."""
    number = places.order[answer.id]
    first = max(places.around(number, places.heads)[0], places.around(number, places.written)[0] + 1, 0)
    for given in reversed(skeleton.cells[first:number]):
        for position in [p for p, key in found.items() if key == given.id and given.cell_type == "markdown"]:
            if more := added(cells[position].source, given.source):
                put(answer, more, cells[position], cells, found)
                cells[position].source = given.source
                return True
    return False
