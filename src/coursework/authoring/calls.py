"""What a source calls by a name that does not exist is refused at once: a helper, its keyword, a cell, a test's answer.

Without this, it is found when the reference runs, which a release with `--unproven` does not do.
"""

import ast
from collections.abc import Iterator

from nbformat.notebooknode import NotebookNode
from nbgrader.utils import is_solution

from coursework.core.cells import about_cell, called, grade_id_of, is_test, item_of
from coursework.core.records import nearest
from coursework.judging.inline import helpers, lines_in
from coursework.notebook.dialect import code_tree


def faults(source: NotebookNode) -> Iterator[str]:
    """One sentence, with the cell and the nearest name, for each name that means nothing."""
    for cell in source.cells:
        if cell.cell_type == "code" and (why := _unreadable(cell.source)):
            yield f"{called(cell)} is not Python: {why}"
    yield from _calls_of_helpers(source)
    ids = [grade_id_of(cell) for cell in source.cells]
    answers = [grade_id_of(cell) for cell in source.cells if is_solution(cell)]
    for cell in source.cells:
        here = grade_id_of(cell)
        for needed in about_cell(cell).needs:
            if needed not in ids:
                yield f"{called(cell)} needs {needed}, which is not a cell: {nearest(needed, ids)}"
        if is_test(cell) and "--" in here and item_of(here) not in answers:
            yield f"cell {here} tests {item_of(here)}, which is not an answer: {nearest(item_of(here), answers)}"


def _unreadable(text: str) -> str:
    """Why a cell is not Python, with the line; "" where it is. Of a hidden part nothing in a release would say it."""
    try:
        code_tree(text)
    except ValueError as error:
        return str(error)
    return ""


def _calls_of_helpers(source: NotebookNode) -> Iterator[str]:
    code = [cell for cell in source.cells if cell.cell_type == "code"]
    known = {alias: helpers(module) for cell in code for module, alias in lines_in(cell.source)}
    for cell in code:
        for alias, call in calls_in(cell.source, set(known)):
            assert isinstance(call.func, ast.Attribute)
            name, helper = f"{alias}.{call.func.attr}", known[alias].get(call.func.attr)
            if helper is None:
                near = nearest(call.func.attr, _public(known[alias]))
                yield f"{called(cell)} calls {name}, which does not exist: {near}"
            elif isinstance(helper, ast.FunctionDef) and (problem := _keyword(call, helper.args)):
                yield f"{called(cell)} calls {name} with {problem}"


def _public(known: dict[str, ast.stmt]) -> list[str]:
    """The functions of a module that a notebook is meant to call: those of `__all__`, where it has one."""
    functions = [name for name, node in known.items() if isinstance(node, ast.FunctionDef) and name[:1] != "_"]
    listed = known.get("__all__")
    if not isinstance(listed, ast.Assign):
        return functions
    names = ast.literal_eval(listed.value)
    return [name for name in functions if name in names]


def calls_in(text: str, aliases: set[str]) -> Iterator[tuple[str, ast.Call]]:
    """(the alias, the call) of each call of what these modules define."""
    try:
        nodes = list(ast.walk(code_tree(text)))
    except ValueError:  # the release says so
        return
    for node in nodes:
        of = node.func.value if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) else None
        if isinstance(node, ast.Call) and isinstance(of, ast.Name) and of.id in aliases:
            yield of.id, node


def _keyword(call: ast.Call, args: ast.arguments) -> str:
    """What is wrong with a keyword of the call; "" when nothing is."""
    if args.kwarg is not None:  # it goes on to the student's function
        return ""
    known = [a.arg for a in [*args.args, *args.kwonlyargs]]
    strange = [k.arg for k in call.keywords if k.arg is not None and k.arg not in known]
    return f"{strange[0]}=, which is not a keyword of it: {nearest(strange[0], known)}" if strange else ""
