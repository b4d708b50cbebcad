"""Contracts read from the source alone: a clause that no probe looks at, and a probe of a clause that is not there.

`prove` finds both, too, but only when the whole bank has run. What cannot be read without running, a probe that a
function of a given cell or of another package emits, is left to it.
"""

import ast
from collections.abc import Iterator

from nbformat.notebooknode import NotebookNode
from nbgrader.utils import is_grade, is_solution

from coursework.authoring.calls import calls_in
from coursework.authoring.calls import faults as misnamed
from coursework.core.cells import about_cell, grade_id_of, is_test, item_of
from coursework.core.records import nearest
from coursework.judging.inline import lines_in
from coursework.notebook.calls import CLAUSES

ANY = "*"  # in the place of a clause that only a run can tell


def faults(source: NotebookNode, only: str | None = None) -> Iterator[str]:
    """What is wrong with the contracts of a source, one sentence each, which says what to do.

    Args:
        source: The notebook with its solutions and hidden tests.
        only: One item; None: all.
    """
    if next(misnamed(source), ""):  # a probe may be among them, and `release` says so
        return
    code = [cell for cell in source.cells if cell.cell_type == "code"]
    aliases = {alias for cell in code for _, alias in lines_in(cell.source)}
    tests = [cell for cell in code if is_test(cell)]
    given = {clause for cell in code if cell not in tests for clause, _ in _clauses(cell, aliases)}
    for answer in [c for c in code if is_solution(c) and not is_grade(c) and only in (None, grade_id_of(c))]:
        item, listed = grade_id_of(answer), about_cell(answer).clauses or {"value": ""}
        found = [
            (cell, *one) for cell in tests if item_of(grade_id_of(cell)) == item for one in _clauses(cell, aliases)
        ]
        for cell, clause, stated in found:
            if stated and clause not in listed:
                near = nearest(clause, list(listed))
                stop = "" if near.endswith("?") else "."
                yield (
                    f"cell {grade_id_of(cell)} has a probe of the clause {clause!r}, which {item} does not list: "
                    f"{near}{stop} Add it to coursework.clauses of {item}, or correct the probe"
                )
        seen = {clause for _, clause, _ in found} | given
        for clause in listed if found and ANY not in seen else ():
            if clause not in seen:
                yield (
                    f"no probe of {item} looks at its clause {clause!r}: write one into a test of it "
                    f"(check.probe(…, clause={clause!r})), or take the clause out of coursework.clauses"
                )


def _clauses(cell: NotebookNode, aliases: set[str]) -> Iterator[tuple[str, bool]]:
    """(a clause that a cell's probes look at, whether the cell names it itself), of each of its probes."""
    for _, call in calls_in(cell.source, aliases):
        name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
        words = {k.arg: k.value for k in call.keywords}
        if None in words:  # **more, which only a run can tell
            yield ANY, False
        elif name == "call":
            without = _constant(words.get("without"), ())
            if not isinstance(without, (tuple, list)):
                yield ANY, False
                continue
            told = ["value", *CLAUSES, *(["type"] if "types_too" in words else [])]
            yield from ((clause, False) for clause in told if clause not in without)
        elif name in ("probe", "steps"):
            clause = _constant(words.get("clause"), "loop" if name == "steps" else "value")
            if clause != "wanted":  # of an import: what the value of another probe must be
                yield (clause, "clause" in words) if isinstance(clause, str) else (ANY, False)
        elif name.startswith("probe_"):
            yield ANY, False


def _constant(node: ast.expr | None, default: object) -> object:
    """What an argument says; None where only a run can tell."""
    if node is None:
        return default
    try:
        return ast.literal_eval(node)
    except ValueError:
        return None
