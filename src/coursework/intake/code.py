"""What the code in the cells of one submission is: whether it parses, what it defines, and what pasting left in it."""

import ast
import re
from functools import lru_cache

from nbformat.notebooknode import NotebookNode

from coursework.intake.asked import Kinds, asked, gives
from coursework.intake.legible import bare, unpasted
from coursework.notebook.bindings import bound
from coursework.notebook.definitions import defined
from coursework.notebook.dialect import code_tree
from coursework.notebook.whole import parses, whole_tree
from coursework.sandbox.uses import Uses

MAX_READ = 6_000_000  # characters of code that are read for one notebook; the worst of 150 damaged ones took 120,000


# What IPython takes as magic, shell and help lines, about; and where one line of them takes others with it.
VALUE = re.compile(r"=[ \t]*[%!].*")
LINE = re.compile(r"^([ \t]*)(?:[%!?,;/].*|.*\?[ \t]*)$", re.M)
CELL = re.compile(r"%%|\\$", re.M)


def plain(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


def meaning(cell: NotebookNode) -> str:
    """A cell's text, of code without comments, docstrings and blank lines: by these alone nothing is answered."""
    text = plain(cell.source)
    return _meaning(text) if cell.cell_type == "code" else text


@lru_cache(maxsize=1024)  # the released cells are the same for a whole class
def _meaning(text: str) -> str:
    try:
        tree = whole_tree(text)
    except (ValueError, RecursionError):
        return text
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Module) and ast.get_docstring(node) is not None:
            del node.body[0]
    return ast.unparse(tree)


def _is_python(text: str) -> bool:
    try:
        ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


def _named(text: str) -> set:
    """What a cell defines, also in a block of it: `for`, `with`, `if`."""
    try:
        return bound(code_tree(text), top=True)
    except ValueError:
        return defined(text)


@lru_cache(maxsize=1024)
def _of_a_release(text: str) -> tuple[bool, frozenset]:
    """Whether a cell parses, and what it defines: each submission of a class is compared with the same ones."""
    return parses(text), frozenset(defined(text))


@lru_cache(maxsize=1024)
def asks_for(stub: str) -> Kinds:
    """What the stub of an answer in code leaves open; nothing where it is no Python."""
    try:
        return asked(stub)
    except ValueError:
        return {}


class Reader:
    """What the code in one notebook is, each text read once. `tired`, after too much, it finds nothing any more."""

    def __init__(self, skeleton: NotebookNode, most: int = MAX_READ) -> None:
        self.left, self.tired = most, False
        known = {c.source: _of_a_release(c.source) for c in skeleton.cells}
        self._parses = {text: whole for text, (whole, _) in known.items()}
        self._defined = {text: set(names) for text, (_, names) in known.items()}
        self.top: set[str] = set()  # names that the cells above the one that is looked at define
        self.words = {word for c in skeleton.cells if c.cell_type == "code" for word in re.findall(r"\w+", c.source)}
        self._bare = {c.source: c.source for c in skeleton.cells}
        self._uses: dict[str, Uses] = {}

    def parses(self, text: str) -> bool:
        if text not in self._parses:
            self._parses[text] = self._affords(text) and parses(text)
        return self._parses[text]

    def joins(self, text: str) -> bool:
        """`parses`, of pieces that are put together. Most are no Python: that is seen faster without their magics."""
        if text not in self._parses:
            rough = LINE.sub(r"\1pass", VALUE.sub("= None", text))
            likely = self._affords(text) and (CELL.search(text) or _is_python(rough))
            self._parses[text] = bool(likely) and parses(text)
        return self._parses[text]

    def defined(self, text: str) -> set:
        if text not in self._defined:
            self._defined[text] = _named(unpasted(text)) if self._affords(text) else set()
        return self._defined[text]

    def gives(self, text: str, stub: str, unwritten: bool = False) -> dict[str, bool]:
        """The names that a stub asks for to which a text gives a meaning of their kind; whether without a doubt."""
        kinds = asks_for(stub)
        return gives(unpasted(text), kinds, unwritten) if kinds.keys() & self.defined(text) else {}

    def is_for(self, text: str, stub: str) -> bool:
        """Whether a text has all that a stub asks for, answered or not, or else defines what it defines."""
        names = asks_for(stub).keys()
        return names <= self.gives(text, stub, True).keys() if names else self.defined(stub) <= self.defined(text)

    def uses(self, text: str) -> Uses:
        """What a cell has to do with the names of others, without what pasting left around its code."""
        if text not in self._uses:
            self._uses[text] = Uses.of(unpasted(text) if self._affords(text) else "")
        return self._uses[text]

    def bare(self, text: str) -> str:
        if text not in self._bare:
            self._bare[text] = bare(text) if self._affords(text) else text
        return self._bare[text]

    def _affords(self, text: str) -> bool:
        self.left -= len(text) + 100  # the shortest text takes a while, too
        self.tired = self.left < 0
        return not self.tired
