"""Which cells of one submission an answer needs: those that bind the names that it looks up, and what these need.

A training run or a figure that no probe reads does not run when a class is graded (`coursework.skip`), but where an
answer needs it. An answer whose weights are tried again runs with the student's cells that it needs, and no others.
"""

import functools
import re
from collections.abc import Iterable

from nbformat.notebooknode import NotebookNode

from coursework.core.cells import is_answer
from coursework.sandbox.own_cells import is_own
from coursework.sandbox.uses import BY_TEXT, Uses

_given = functools.lru_cache(500)(Uses.of)  # of cells that are the same in each submission


def left_out(nb: NotebookNode, skip: Iterable[str]) -> frozenset[str]:
    """Those of the cells to `skip` that no answer of this submission needs.

    Args:
        nb: As it will run.
        skip: Ids of cells that need not run for the tests' sake.

    Returns:
        Ids of cells whose names are looked up neither by an answer that runs, nor by a cell of the student's own, or of
        `skip`, that binds or changes what such an answer looks up.
    """
    code = [cell for cell in nb.cells if cell.cell_type == "code"]
    skipped = {cell.id: _given(cell.source) for cell in code if cell.id in set(skip)}
    if not any(uses.binds for uses in skipped.values()):
        return frozenset(skipped)
    own = {cell.id: Uses.of(cell.source) for cell in code if is_own(cell)}
    anything = frozenset().union(*(uses.binds for uses in (skipped | own).values()))
    answers = [cell.source for cell in code if is_answer(cell) and cell.id not in skipped]
    needed = frozenset().union(*(_looked_up(source, anything) for source in answers))
    changed = any(uses.changes for uses in own.values())  # by a cell that runs anyway: what it needs has to be there
    made = frozenset().union(*(Uses.of(source).binds for source in answers)) if changed else frozenset()
    return frozenset(skipped) - _closure(skipped | own, needed, frozenset(), made, set(own))


def helpers(nb: NotebookNode, answers: Iterable[str]) -> set[str]:
    """Ids of the student's other cells, answers and cells of their own, that the `answers` (ids) need."""
    code = {cell.id: cell for cell in nb.cells if cell.cell_type == "code" and (is_answer(cell) or is_own(cell))}
    about = {name: Uses.of(cell.source) for name, cell in code.items()}
    anything = frozenset().union(*(uses.binds for uses in about.values()))
    roots = set(answers)
    needed: frozenset[str] = frozenset()
    made: frozenset[str] = frozenset()
    for name in [name for name in about if name in roots]:
        needed |= _reads(about[name], anything) - made
        made |= about[name].binds
    others = {name: uses for name, uses in about.items() if name not in roots}
    own = {name for name, cell in code.items() if is_own(cell)}
    return set(_closure(others, needed, made, made, own)) if roots & set(about) else set()


def _closure(
    cells: dict[str, Uses], needed: frozenset[str], there: frozenset[str], made: frozenset[str], own: set[str]
) -> frozenset[str]:
    """Ids of the cells that bind what is `needed`, of the student's `own` that change it or what the answers have
    `made`, and of those that these need; but for the names that are `there`."""
    anything = frozenset().union(*(uses.binds for uses in cells.values()))
    found: set[str] = set()
    while True:
        more = [
            name for name, uses in cells.items()
            if name not in found
            and (uses.binds & needed or (name in own and (uses.binds_any or uses.changes & (needed | made))))
        ]  # fmt: skip
        if not more:
            return frozenset(found)
        found |= set(more)
        for name in more:
            needed |= _reads(cells[name], anything) - there


def _reads(uses: Uses, anything: frozenset[str]) -> frozenset[str]:
    return anything if uses.reads is None else uses.reads


def _looked_up(source: str, names: frozenset[str]) -> frozenset[str]:
    """Which of these names an answer takes from other cells."""
    if not BY_TEXT.search(source) and not names & set(re.findall(r"\w+", source)):
        return frozenset()
    return _reads(Uses.of(source), names) & names
