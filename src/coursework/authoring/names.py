"""What the statements of a cell define, look up and import; nothing where the cell is not Python."""

import ast

from nbformat.notebooknode import NotebookNode

from coursework.notebook import world
from coursework.notebook.dialect import code_tree


def walked(source: str) -> list[ast.AST]:
    try:
        return list(ast.walk(code_tree(source)))
    except ValueError:
        return []


def top(source: str) -> list[str]:
    """The statements at the top of a cell that define, import or assign something."""
    try:
        body = code_tree(source).body
    except ValueError:
        return []
    kinds = (ast.FunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom, ast.Assign)
    return [ast.unparse(node) for node in body if isinstance(node, kinds)]


def looked_up(source: str) -> set[str]:
    return {n.id for n in walked(source) if isinstance(n, ast.Name)}


def bound(source: str, top: bool = False) -> set[str]:
    """Names that a cell gives a meaning: anywhere, also inside its functions; of its `top`, what later cells see."""
    try:
        return world.bound(code_tree(source), top)
    except ValueError:
        return set()


def imported(nb: NotebookNode) -> dict[str, str]:
    """Bare name → the module that it was imported from."""
    return {
        alias.asname or alias.name: node.module or ""
        for cell in nb.cells
        if cell.cell_type == "code"
        for node in walked(cell.source)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
