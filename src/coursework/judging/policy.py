"""What an answer may use, read from its text outside the student's process; no value is looked at here."""

import ast
import builtins
import functools
import math

import numpy as np
from nbformat.notebooknode import NotebookNode

from coursework.core.cells import about_cell, about_notebook, grade_id_of, is_answer, is_test, item_of
from coursework.notebook.bindings import bound
from coursework.notebook.dialect import code_tree
from coursework.notebook.restrictions import HARMLESS, reached, refusal, renamed

IMPORTS = (ast.Import, ast.ImportFrom)
STARS = {"numpy": dir(np), "math": dir(math)}  # what `from … import *` brings


def refusals(source: NotebookNode, nb: NotebookNode) -> dict[str, str]:
    """grade_id of an answer cell in `nb` → why it is refused, where `source` limits what (its) cells may use."""
    general = about_notebook(source).imports
    about = {c.id: about_cell(c) for c in source.cells if is_answer(c)}
    found = {}
    for cell in nb.cells:
        grade_id = grade_id_of(cell)
        if cell.cell_type == "code" and is_answer(cell) and grade_id in about:
            own = about[grade_id].imports
            allowed = (general if own is None else own) or ()
            reason = ""
            if allowed:
                reason = refusal(cell.source, allowed) or renamed(cell.source) or _borrowed(nb, cell, allowed)
            found[grade_id] = reason or reached(cell.source, about[grade_id].without)
    return {grade_id: reason for grade_id, reason in found.items() if reason}


def _borrowed(nb: NotebookNode, answer: NotebookNode, allowed: tuple) -> str:
    """Why `answer` is refused for what it uses of cells that the student added; "" when it may.

    A scratch cell may use anything, so it is no fault by itself. But what an answer uses must come from Python, from a
    given cell or an answer, or from an added cell that keeps the same rule: when it is defined, and when it is tested.
    """
    item, uses = grade_id_of(answer), _names(answer.source, allowed)[0]
    known = {*dir(builtins), "display"}
    broken: dict[str, str] = {}  # broken: a name, or "" → the rule that its cell breaks
    for cell in nb.cells:
        if cell.cell_type != "code":
            continue
        grade_id = grade_id_of(cell)
        here = cell is answer or (is_test(cell) and item_of(grade_id) == item)
        if here and broken and (strange := sorted(uses - known)):
            return f"uses {strange[0]} from a cell of your own, where {broken.get(strange[0], broken[''])}"
        used, binds, harmless = _names(cell.source, allowed)
        reason = "" if grade_id else refusal(cell.source, allowed)
        if not grade_id and broken and used - known:
            reason = reason or broken[""]
        if reason:
            broken = {"": reason, **broken} | dict.fromkeys(binds - harmless, reason)
            known = known - binds | harmless
        else:
            known |= binds
    return ""


@functools.lru_cache(maxsize=1024)  # the given cells are the same for a whole class
def _names(source: str, allowed: tuple) -> tuple[set[str], set[str], set[str]]:
    """Names that a cell uses and does not bind, that it binds or patches, and that it only imports from `allowed`."""
    try:
        tree = code_tree(source)
    except ValueError:
        return set(), set(), set()
    nodes = list(ast.walk(tree))
    for node in nodes:  # what it makes itself: without imports, and statements that only say where a name belongs
        for block in (getattr(node, name, None) for name in ("body", "orelse", "finalbody")):
            if isinstance(block, list):
                block[:] = [s for s in block if not isinstance(s, (*IMPORTS, ast.Global, ast.Nonlocal))]
    made = bound(tree)
    patched = {
        n.value.id
        for n in nodes
        if isinstance(n, ast.Attribute) and isinstance(n.ctx, ast.Store) and isinstance(n.value, ast.Name)
    }
    imported, harmless = set(), set()
    for node in nodes:
        if not isinstance(node, IMPORTS):
            continue
        for alias in node.names:
            module = getattr(node, "module", alias.name) or ""
            may = module.split(".")[0] in allowed + HARMLESS
            here = {alias.asname or alias.name.split(".")[0]} if alias.name != "*" else set(STARS.get(module, ()))
            imported |= here
            harmless |= here if may else set()
    used = {n.id for n in nodes if isinstance(n, ast.Name)} - made - imported
    return used, made | imported | patched, harmless - made - patched
