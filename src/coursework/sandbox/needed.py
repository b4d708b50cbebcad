"""Which cells of one submission an answer needs: those that bind the names that it looks up, and what these need.

A training run or a figure that no probe reads does not run when a class is graded (`coursework.skip`), but where an
answer needs it. An answer whose weights are tried again runs with the student's cells that it needs, and no others.
"""

import ast
import functools
import re
import symtable
from collections.abc import Iterable

from nbformat.notebooknode import NotebookNode

from coursework.core.cells import is_answer
from coursework.notebook.bindings import bound, first_bound
from coursework.notebook.dialect import code_tree
from coursework.sandbox.own_cells import is_own

# By these a cell may look up any name.
BY_TEXT = re.compile(r"(?<![\w.])(?:exec|eval|globals|locals|vars)\s*\(|\buser_ns\b|import \*")


def left_out(nb: NotebookNode, skip: Iterable[str]) -> frozenset[str]:
    """Those of the cells to `skip` that no answer of this submission needs.

    Args:
        nb: As it will run.
        skip: Ids of cells that need not run for the tests' sake.

    Returns:
        Ids of cells whose names are looked up neither by an answer that runs, nor by a cell of the student's own, or of
        `skip`, that binds what such an answer looks up.
    """
    code = [cell for cell in nb.cells if cell.cell_type == "code"]
    skipped = {cell.id: _given(cell.source) for cell in code if cell.id in set(skip)}
    if not any(binds for binds, _ in skipped.values()):
        return frozenset(skipped)
    between = skipped | {cell.id: _names(cell.source) for cell in code if is_own(cell)}
    anything = set().union(*(binds for binds, _ in between.values()))
    answers = [cell.source for cell in code if is_answer(cell) and cell.id not in skipped]
    needed = set().union(*(_looked_up(source, anything) for source in answers))
    runs: set[str] = set()
    while more := [name for name, (binds, _) in between.items() if name not in runs and binds & needed]:
        runs |= set(more)
        for _, looked_up in map(between.__getitem__, more):
            needed |= anything if looked_up is None else looked_up & anything
    return frozenset(set(skipped) - runs)


def helpers(nb: NotebookNode, answers: Iterable[str]) -> set[str]:
    """Ids of the student's other cells, answers and cells of their own, that the `answers` (ids) need."""
    code = {cell.id: cell for cell in nb.cells if cell.cell_type == "code" and (is_answer(cell) or is_own(cell))}
    about = {name: _names(cell.source) for name, cell in code.items()}
    anything = set().union(*(binds for binds, _ in about.values()))
    found: set[str] = set()
    todo = [name for name in answers if name in about]
    roots = set(todo)
    own = set().union(*(about[name][0] for name in todo))
    while todo:
        _, looked_up = about[todo.pop()]
        wanted = (anything if looked_up is None else looked_up) - own
        more = [name for name, (binds, _) in about.items() if name not in found | roots and binds & wanted]
        found |= set(more)
        todo += more
    return found


def _looked_up(source: str, names: set[str]) -> set[str]:
    """Which of these names an answer takes from other cells."""
    if not BY_TEXT.search(source) and not names & set(re.findall(r"\w+", source)):
        return set()
    looked_up = _names(source)[1]
    return names if looked_up is None else looked_up & names


def _names(source: str) -> tuple[set[str], set[str] | None]:
    """(names that a cell binds at its top; those that it takes from other cells, None where they may be any)."""
    try:
        tree = code_tree(source)
        table = symtable.symtable(ast.unparse(tree), "cell", "exec")
    except (ValueError, SyntaxError, RecursionError, MemoryError):
        return set(), None
    binds = bound(tree, top=True)
    here = {symbol.get_name() for symbol in table.get_symbols() if symbol.is_referenced()}
    inside, todo = set(), list(table.get_children())
    while todo:
        part = todo.pop()
        inside |= {symbol.get_name() for symbol in part.get_symbols() if symbol.is_global() and symbol.is_referenced()}
        todo += part.get_children()
    return binds, None if BY_TEXT.search(source) else (here - first_bound(tree)) | (inside - binds)


_given = functools.lru_cache(500)(_names)  # of cells that are the same in each submission
