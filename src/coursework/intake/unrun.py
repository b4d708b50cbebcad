"""Answers that are there and never run: in comments, in a text, behind a magic that keeps its cell from running.

They count for nothing, as in the student's own Jupyter; but whoever left one so may not have meant it.
"""

import ast
import re
from collections.abc import Iterable

from nbformat.notebooknode import NotebookNode

from coursework.intake.code import plain
from coursework.notebook.definitions import defined
from coursework.notebook.whole import whole_tree

COMMENT = re.compile(r"^\s*# ?")


def unrun(answer: NotebookNode, stub: NotebookNode, cells: Iterable[NotebookNode]) -> str:
    """What is to be said of an answer that is never run, else "".

    Args:
        answer: the cell as it was submitted.
        stub: the same cell as it was released.
        cells: the whole submission; a name may be defined, or imported, in another cell.
    """
    asked = defined(stub.source)
    if not asked or plain(answer.source) in ("", plain(stub.source)):
        return ""
    given = set(stub.source.splitlines())
    lines = [line for line in answer.source.splitlines() if COMMENT.match(line) and line not in given]
    if asked <= defined("\n".join(COMMENT.sub("", line, count=1) for line in lines)) and _same(answer, stub):
        return "is in comments, which are not run"
    named = {name for name in asked if re.search(rf"\b{re.escape(name)}\b", answer.source)}
    bound = _bound(answer.source)
    if bound is None or asked & bound or not named:
        return ""
    others = [_bound(c.source) or set() for c in cells if c.cell_type == "code"]
    if any("*" in names or asked & names for names in others):
        return ""
    return f"speaks of {', '.join(sorted(named))}, and no code that runs defines it"


def _same(answer: NotebookNode, stub: NotebookNode) -> bool:
    """Whether comments alone are what an answer has more than its stub, or all that it has."""
    try:
        mine = ast.unparse(whole_tree(answer.source))
    except (ValueError, RecursionError):
        return False
    return mine in ("", ast.unparse(whole_tree(stub.source)))


def _bound(source: str) -> set[str] | None:
    """Every name that a text gives a meaning to, anywhere in it; None where it cannot be read."""
    try:
        nodes = list(ast.walk(whole_tree(source)))
    except (ValueError, RecursionError):
        return None
    names = {n.name for n in nodes if isinstance(n, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef)}
    names |= {n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    return names | {(n.asname or n.name).partition(".")[0] for n in nodes if isinstance(n, ast.alias)}
