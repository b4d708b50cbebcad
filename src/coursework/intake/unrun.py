"""Answers that are there and never run: in comments, in a text, behind a magic that keeps its cell from running.

They count for nothing, as in the student's own Jupyter; but a student who left one so may not have meant it.
"""

import ast
import contextlib
import re
from collections.abc import Container, Iterable, Iterator

from nbformat.notebooknode import NotebookNode

from coursework.intake.code import plain
from coursework.notebook.bindings import bound
from coursework.notebook.definitions import defined
from coursework.notebook.whole import whole_tree

SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
COMMENT = re.compile(r"^\s*# ?")
TIMED = re.compile(r"\s*(?:%%\w+[^\n]*\s+)*?%%timeit\b")  # it runs its cell in a function
WRITTEN = re.compile(r"\s*%%(?:writefile|file)\s+(?:-a\s+)?[\"']?([^\s\"']+)")
# What may define any name: a text that is run, the notebook's names as a dictionary or as attributes.
ANY_NAME = re.compile(
    r"(?<![\w.])(?:exec|eval|globals|vars|setattr)\s*\(|\.(?:run_cell|runsource|runcode|push)\s*\(|\buser_ns\b"
)
MEANT = re.compile(r"^[ \t]*(?:(?:async[ \t]+)?def|class)[ \t]+(\w+)|^[ \t]*(\w+)[ \t]*=(?!=)", re.M)


def unrun(answer: NotebookNode, stub: NotebookNode, cells: Iterable[NotebookNode], given: Container[str] = ()) -> str:
    """What is to be said of an answer that is never run, else "".

    Args:
        answer: the cell as it was submitted.
        stub: the same cell as it was released.
        cells: the whole submission; a name may be defined, or imported, in another cell.
        given: the texts of the released cells, as `code.plain` has them.
    """
    asked = defined(stub.source)
    if not asked or plain(answer.source) in ("", plain(stub.source)):
        return ""
    handed_out = set(stub.source.splitlines())
    lines = [line for line in answer.source.splitlines() if COMMENT.match(line) and line not in handed_out]
    released = _statements(stub.source)
    own = _own(answer.source, released)
    if asked <= defined("\n".join(COMMENT.sub("", line, count=1) for line in lines)) and own == []:
        return "is in comments, which are not run"
    if ended := _ended(answer.source, asked, released):
        return ended
    named = {name for name in asked if re.search(rf"\b{re.escape(name)}\b", answer.source)}
    live, dead, stubs = _names(answer.source, released)
    if live is None or asked & live or not named:
        return ""
    if asked & stubs:  # as it was released, and perhaps answered where it does not run
        named = asked & dead
        if not named:
            return ""
    code = [c.source for c in cells if c.cell_type == "code"]
    others = [_names(text, released)[0] or set() for text in code]
    if any("*" in names or asked & names for names in others) or any(
        ANY_NAME.search(text) for text in code if plain(text) not in given
    ):
        return ""
    speaks = ", ".join(sorted(named))
    if TIMED.match(answer.source):
        return f"is below %%timeit, which keeps nothing of what it defines ({speaks})"
    if written := WRITTEN.match(answer.source):
        name = written[1].rpartition("/")[2]
        run = re.compile(rf"^\s*%?run\b.*\b{re.escape(name.removesuffix('.py'))}\b", re.M)
        if any(map(run.search, code)):
            return ""
        return f"speaks of {speaks}, but is written to {name}, and no cell runs that file or takes the name from it"
    return f"speaks of {speaks}, and no code that runs defines it"


def names_in(cells: Iterable[NotebookNode]) -> set[str]:
    """Every name that the code of a notebook gives a meaning to outside of its functions."""
    names: set[str] = set()
    for cell in cells:
        if cell.cell_type == "code":
            with contextlib.suppress(ValueError, RecursionError):
                names |= bound(whole_tree(cell.source), True)
    return names


def _own(source: str, released: set[str]) -> list[ast.stmt] | None:
    """The statements that are neither the release's nor empty; None where the text cannot be read."""
    try:
        return [n for n in whole_tree(source).body if ast.unparse(n) not in released and not _empty(n)]
    except (ValueError, RecursionError):
        return None


def _empty(node: ast.stmt) -> bool:
    """Whether a definition does nothing but say that it is not written yet, as a stub without its text does."""
    if isinstance(node, ast.ClassDef):
        return all(_idle(part) or _empty(part) for part in node.body)
    return isinstance(node, ast.FunctionDef) and all(_idle(part) or _unwritten(part) for part in node.body)


def _idle(node: ast.stmt) -> bool:
    return isinstance(node, ast.Pass) or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))


def _unwritten(node: ast.stmt) -> bool:
    return isinstance(node, ast.Raise) and node.exc is not None and "NotImplementedError" in ast.unparse(node.exc)


def _ended(source: str, asked: set[str], released: set[str]) -> str:
    """What is to be said of a right function that the stub, or the stub's line in it, keeps from running."""
    written: set[str] = set()
    replaced: set[str] = set()
    try:
        for node in whole_tree(source).body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name in asked:
                stub = ast.unparse(node) in released or _empty(node)
                replaced = replaced | ({node.name} & written) if stub else replaced - {node.name}
                written |= set() if stub else {node.name}
                parts = [] if stub else [part for part in ast.walk(node) if isinstance(part, ast.FunctionDef)]
                for part in parts:
                    body = [line for line in part.body if not _idle(line)]
                    if len(body) > 1 and _unwritten(body[0]):
                        return f"has its code below the stub's `raise`, which ends {part.name}"
    except (ValueError, RecursionError):
        return ""
    names = ", ".join(sorted(replaced))
    return f"defines {names}, and the stub below defines it again" if replaced else ""


def _statements(source: str) -> set[str]:
    """The statements at the top of a text, as Python writes them."""
    try:
        return {ast.unparse(node) for node in whole_tree(source).body}
    except (ValueError, RecursionError):
        return set()


def _names(source: str, released: set[str]) -> tuple[set[str] | None, set[str], set[str]]:
    """(the names that a text gives a meaning to, those that it would in what never runs, those of the release's own
    statements); the first is None where the text cannot be read."""
    live: set[str] = set()
    dead: set[str] = set()
    stubs: set[str] = set()
    try:
        body = whole_tree(source).body
        own = [node for node in body if ast.unparse(node) not in released and not _empty(node)]
        stubs = {name for node in body if node not in own for name in _bound(ast.walk(node))}
        for node in _running(own, dead):
            live |= _bound([node])
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                dead |= {m[1] or m[2] for m in MEANT.finditer(node.value)}
    except (ValueError, RecursionError):
        return None, set(), set()
    return (set(), dead | live, stubs) if TIMED.match(source) else (live, dead, stubs)


def _running(nodes: list[ast.stmt], dead: set[str]) -> Iterator[ast.AST]:
    """Every node below these but what is in functions, and what a condition that never holds keeps from running; its
    names go to `dead`."""
    left: list[ast.AST] = list(nodes)
    while left:
        node = left.pop()
        yield node
        parts = list(ast.iter_child_nodes(node))
        if isinstance(node, ast.If | ast.While) and (held := _held(node.test)) is not None:
            never = [] if held and isinstance(node, ast.While) else node.orelse if held else node.body
            dead |= {name for part in never for name in _bound(ast.walk(part))}
            parts = [part for part in parts if part not in never]
        if isinstance(node, SCOPES):
            parts = [part for part in ast.walk(node) if isinstance(part, ast.Global)]
        left += parts


def _held(test: ast.expr) -> bool | None:
    """Whether a condition always holds (True), never (False), or depends."""
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        held = _held(test.operand)
        return None if held is None else not held
    if isinstance(test, ast.Compare) and isinstance(test.ops[0], ast.Eq | ast.NotEq) and len(test.ops) == 1:
        left, right = test.left, test.comparators[0]
        if isinstance(left, ast.Constant) and isinstance(right, ast.Constant):
            return (left.value == right.value) == isinstance(test.ops[0], ast.Eq)
    return bool(test.value) if isinstance(test, ast.Constant) else None


def _bound(nodes: Iterable[ast.AST]) -> set[str]:
    """The names to which these nodes themselves give a meaning."""
    names: set[str] = set()
    for node in nodes:
        if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef):
            names.add(node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        elif isinstance(node, ast.alias):
            names.add((node.asname or node.name).partition(".")[0])
        elif isinstance(node, ast.MatchAs | ast.MatchStar | ast.ExceptHandler) and node.name:
            names.add(node.name)
        elif isinstance(node, ast.MatchMapping) and node.rest:
            names.add(node.rest)
        elif isinstance(node, ast.Global):
            names |= set(node.names)
    return names
