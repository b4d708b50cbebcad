"""Pieces of an answer that was cut in two: what a piece is, and where in another cell's code it goes on.

A text that is no Python takes any piece with which it becomes some. One that is whole gets a piece only at its end, if
the piece goes on from its last function or class, and never where code could not be reached then.
"""

import ast
import builtins
import re
import textwrap
from collections.abc import Iterable
from dataclasses import dataclass
from keyword import iskeyword

from nbformat.notebooknode import NotebookNode

from coursework.intake.code import Reader
from coursework.intake.legible import TIMED, unpasted
from coursework.notebook.whole import whole_tree

# What counts, beside each shared name, when a piece of a cell looks for its other half:
TORN = 50  # the other half is unfinished, too
ODD = 1000  # together they hold code that cannot be reached, or a method twice
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True)
class Piece:
    """A cell that may be a piece of another one.

    Attributes:
        source: The cell as it is.
        code: Its code without what pasting left around it.
        alone: This without the indentation that it has as a whole.
        text: Whether it is no code cell.
        apart: Whether IPython runs it as a cell of its own.
        returns: Whether it is whole Python but for a `return` in no function.
        methods: Whether it is indented functions of `self`, whole.
    """

    source: str
    code: str
    alone: str
    text: bool
    apart: bool
    returns: bool
    methods: bool

    @classmethod
    def of(cls, cell: NotebookNode, code: Reader) -> "Piece":
        source = cell.source
        if (rest := TIMED.sub("", source)) != source and rest[:1].isspace():  # a magic on top of a piece
            source = rest
        bare = code.bare(source)
        alone = textwrap.dedent(bare)
        whole = code.parses(alone)
        returns = whole and _returning(whole_tree(alone))
        methods = whole and bare[:1].isspace() and _all_methods(whole_tree(alone))
        return cls(cell.source, bare, alone, cell.cell_type != "code", whole and not returns, returns, methods)

    @property
    def of_a_function(self) -> bool:
        """Whether it cannot be but a part of some function or class."""
        cut = not self.apart and self.code[:1].isspace() and bool(re.search(r"^[ \t]+return\b", self.code, re.M))
        return self.returns or cut

    @property
    def of_a_class(self) -> bool:
        """Whether it is methods, and nothing else."""
        return self.apart and _all_methods(whole_tree(self.alone))

    def is_within(self, texts: Iterable[str]) -> bool:
        """Whether each line of it is in one of these texts, too: it is a copy."""
        lines = {line.strip() for text in texts for line in text.splitlines()}
        return all(line.strip() in lines for line in self.code.splitlines() if line.strip())

    def begins_within_a_name(self, head: str, known: set[str]) -> bool:
        """Whether the last word of a text and its own first one are names that nobody has defined, as halves of one
        are."""
        first, second = re.search(r"[A-Za-z_]\w*\Z", head), re.match(r"([A-Za-z_]\w*)[.(\[,]", self.code)
        if not (self.apart and first and second) or _is_there_twice(first[0], head):
            return False
        return not any(word in known or hasattr(builtins, word) for word in (first[0], second[1]))


def unfinished(text: str, code: Reader) -> bool:
    """Whether the text makes no sense alone, or ends in a function or class that is only a docstring."""
    if not code.parses(text):
        return True
    last = whole_tree(text).body[-1:]  # none where all is comments: an answer, too
    return bool(last) and isinstance(last[0], (*FUNCTIONS, ast.ClassDef)) and all(map(_is_text, last[0].body))


def _is_text(line: ast.stmt) -> bool:
    return isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant) and isinstance(line.value.value, str)


def _all_methods(tree: ast.Module) -> bool:
    """Whether a text is functions whose first argument is `self`, and nothing else; one that a decorator adds to a
    class, `@add_to(Net)`, needs no other place."""
    return bool(tree.body) and all(
        isinstance(line, FUNCTIONS)
        and [one.arg for one in line.args.args[:1]] == ["self"]
        and not any(isinstance(one, ast.Call) and one.args for one in line.decorator_list)
        for line in tree.body
    )


def _is_there_twice(word: str, text: str) -> bool:
    return re.findall(r"\w+", text).count(word) > 1


def words_of(text: str) -> set[str]:
    return {name for name in re.findall(r"[A-Za-z_]\w*", text) if not iskeyword(name)}


def odd(text: str) -> bool:
    """Whether a line is where it cannot be reached, or a method is there twice, as in pieces that belong elsewhere."""
    for node in ast.walk(whole_tree(text)):
        body = getattr(node, "body", None)
        if not isinstance(body, list):
            continue
        if any(map(_leaves, body[:-1])):
            return True
        methods = [one.name for one in body if isinstance(one, ast.FunctionDef) and not one.decorator_list]
        if isinstance(node, ast.ClassDef) and len(set(methods)) < len(methods):
            return True
    return False


def _leaves(line: ast.stmt) -> bool:
    """Whether nothing below this line of a block is reached."""
    if isinstance(line, ast.If):
        return bool(line.orelse) and all(block and _leaves(block[-1]) for block in (line.body, line.orelse))
    if isinstance(line, ast.With | ast.AsyncWith):
        return _leaves(line.body[-1])
    return isinstance(line, ast.Return | ast.Raise | ast.Continue | ast.Break)


def was_cut(head: str, piece: str, code: Reader) -> bool:
    """Whether two texts were one that was cut within a line: the first one is no Python, a word that the notebook knows
    is in halves, or the second one reads what only the function has in which the first one ends."""
    whole = head + piece
    # A comment or a shell line takes any text behind it, also a sign that Python does not have.
    if head.endswith("\n") or piece.startswith("\n") or not code.parses(whole) or code.parses(head + "$"):
        return False
    if odd(whole) or _returning(whole_tree(whole)):
        return False
    end, start = re.search(r"\w*\Z", head), re.match(r"\w*", piece)
    first, second = end[0] if end else "", start[0] if start else ""
    halves = first + second in code.words or iskeyword(first + second) or hasattr(builtins, first + second)
    if not code.parses(head):
        return halves if first and second else piece[:1] != "@" or head[-1:].isspace()
    if not code.parses(piece):  # one line of this kind may be a note, or a slip of its own
        return halves if first and second else "\n" in piece.strip()
    known = first in code.words or hasattr(builtins, first) or _is_there_twice(first, head)
    if second and first.isidentifier() and not known and first + second in code.words:
        return True
    rest, before = whole_tree(piece), whole_tree(head).body
    method = bool(before) and isinstance(before[-1], ast.ClassDef) and _all_methods(ast.Module(rest.body[:1], []))
    return head.endswith((" ", "\t")) and (goes_on(head, piece, whole, code) or _returning(rest) or method)


def goes_on(head: str, piece: str, whole: str, code: Reader) -> bool:
    """Whether code reads what only the function has in which a whole text ends, and into which it comes."""
    lines = len(head.rstrip().splitlines())
    tree = whole_tree(whole)
    functions = [n for n in ast.walk(tree) if isinstance(n, FUNCTIONS) and n.lineno <= lines < (n.end_lineno or 0)]
    last = [node for one in functions for node in ast.walk(one) if getattr(node, "lineno", 0) <= lines]
    inner = {n.arg for f in last if isinstance(f, FUNCTIONS) for n in ast.walk(f.args) if isinstance(n, ast.arg)}
    inner |= {n.id for n in last if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    named = {node.name for node in tree.body if isinstance(node, (*FUNCTIONS, ast.ClassDef)) and node.lineno <= lines}
    body = whole_tree(textwrap.dedent(piece)).body
    names = [node for part in body for node in ast.walk(part) if isinstance(node, ast.Name)]
    read = {node.id for node in names} - {node.id for node in names if isinstance(node.ctx, ast.Store)}
    used = named & {node.id for node in ast.walk(body[0]) if isinstance(node, ast.Name)} if body else named
    return bool(inner & read - code.top) and not used and not odd(whole)


def _returning(node: ast.AST) -> bool:
    """Whether code has a `return` that is in no function."""
    inner = (n for n in ast.iter_child_nodes(node) if not isinstance(n, FUNCTIONS))
    return any(isinstance(n, ast.Return) or _returning(n) for n in inner if isinstance(n, ast.stmt | ast.excepthandler))


def fits(start: str, piece: Piece, below: bool, code: Reader) -> list[tuple[int, str]]:
    """(how much speaks for it, the whole) for each way in which a piece goes on from a text.

    Where it parses nowhere as it is, both are taken without the indentation that the head has as a whole, then without
    tabs; and a piece that has lost its own, and has a `return`, takes that of the line above. What is right `below` may
    have been cut off behind a line's indentation.
    """
    front = start[: len(start) - len(start.lstrip(" \t"))]
    shifted = [re.sub(f"(?m)^{front}", "", text) for text in (start, piece.code)]
    blank = [re.sub(r"(?m)^[ \t]+", lambda m: m[0].expandtabs(4), text) for text in shifted]
    tried = [(start, piece.code), (shifted[0], shifted[1]), (blank[0], blank[1])]
    if piece.returns and piece.code == piece.alone:
        last = start.rstrip().rpartition("\n")[2]
        deeper = last[: len(last) - len(last.lstrip())] + "    " * last.endswith(":")
        tried = [(start, textwrap.indent(piece.code, deeper))]
    elif below:
        lines = [*start.splitlines(), *piece.code.splitlines()[1:2]]
        levels = {line[: len(line) - len(line.lstrip())] for line in lines}
        tried += [(start, indent + piece.code) for indent in sorted(levels - {""}, key=len, reverse=True)]
    found = next((fits for pair in dict.fromkeys(tried) if (fits := _places(*pair, code))), [])
    return [one for one in found if _belongs(start, piece, one[1], code)] if code.parses(start) else found


def _belongs(start: str, piece: Piece, whole: str, code: Reader) -> bool:
    """Whether a piece that can be put behind a text that is whole is a part of it."""
    before, after = whole_tree(start).body, whole_tree(whole).body
    if piece.is_within([start]) or len(after) < len(before) or not before or odd(whole):
        return False
    grown = after[len(before) - 1]  # what the head ended in; a piece that is behind it is a cell of its own
    if (grown.end_lineno or 0) <= len(start.rstrip().splitlines()):
        return False
    if unfinished(start, code) and piece.code[:1].isspace():  # a docstring, and no more
        return True
    if piece.text and not code.parses(textwrap.dedent(unpasted(piece.source))):
        return False  # words around it
    if piece.methods:
        return isinstance(before[-1], ast.ClassDef)
    return not code.parses(piece.alone) or goes_on(start, piece.code, whole, code)


def _places(head: str, piece: str, code: Reader) -> list[tuple[int, str]]:
    """What `fits` looks for, for texts as they are.

    The places: the end, and before each function or class, where another answer was appended to a torn one.
    """
    first = len(head) - len(head.lstrip())
    starts = [m.start() for m in re.finditer(r"^(?:@|def |class )", head, re.M) if m.start() > first]
    found = []
    for end in [len(head), *reversed(starts)]:
        if code.tired:
            break
        before, after = head[:end].rstrip("\n"), head[end:]
        together = next((t for t in (f"{before}\n{piece}", f"{before}\n\n{piece}") if code.joins(t)), None)
        whole = f"{together}\n\n\n{after}" if after else together
        if together and whole and code.joins(whole) and not _returning(whole_tree(whole)):
            block = before[max([0, *(s for s in starts if s < end)]) :]
            shared = len(words_of(block) & words_of(piece)) + TORN * unfinished(block, code)
            found.append((shared - ODD * odd(whole), whole))
    return found
