"""Small faults planted in a reference solution: each must cost points, or be listed as equivalent with a reason.

The operators are the classical ones of mutation testing (DeMillo, Lipton, Sayward, 1978), with a few for
the usual mistakes of this subject: another reduction, another axis, another activation.
"""

import ast
import copy
from collections.abc import Iterator
from typing import Any

SWAPPED_OPERATORS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Div,
    ast.Pow: ast.Mult,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.And: ast.Or,
    ast.Or: ast.And,
}
SWAPPED_NAMES = {
    "sum": "mean",
    "mean": "sum",
    "argmax": "argmin",
    "sigmoid": "tanh",
    "Sigmoid": "Tanh",
    "tanh": "sigmoid",
    "relu": "sigmoid",
    "softmax": "log_softmax",
    "exp": "abs",
    "log": "abs",
    "eval": "train",
    "max": "min",
    "min": "max",
    "zeros": "ones",
    "ones": "zeros",
    "outer": "multiply",
    "append": "index",
}


def _variants(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    """(what was changed, replacement) for one node."""
    new: Any
    if isinstance(node, (ast.BinOp, ast.AugAssign)) and type(node.op) in SWAPPED_OPERATORS:
        new = copy.deepcopy(node)
        new.op = SWAPPED_OPERATORS[type(node.op)]()
        yield f"{type(node.op).__name__} to {type(new.op).__name__}", new
    if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.MatMult, ast.Sub, ast.Div)):
        yield "operands swapped", ast.BinOp(left=node.right, op=node.op, right=node.left)
    if isinstance(node, ast.Compare) and type(node.ops[0]) in SWAPPED_OPERATORS:
        new = copy.deepcopy(node)
        new.ops[0] = SWAPPED_OPERATORS[type(node.ops[0])]()
        yield f"{type(node.ops[0]).__name__} to {type(new.ops[0]).__name__}", new
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.USub, ast.Not)):
        yield f"{type(node.op).__name__} dropped", node.operand
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float) and not isinstance(node.value, bool):
        yield f"{node.value} to {node.value + 1}", ast.Constant(node.value + 1)
    if isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield f"{node.value} to {not node.value}", ast.Constant(not node.value)
    if isinstance(node, ast.Attribute) and node.attr in SWAPPED_NAMES:
        new = copy.deepcopy(node)
        new.attr = SWAPPED_NAMES[node.attr]
        yield f".{node.attr} to .{new.attr}", new
    if isinstance(node, ast.Attribute) and node.attr in ("T", "mT"):
        yield f".{node.attr} dropped", node.value
    if isinstance(node, ast.Return) and node.value is not None:
        yield "return dropped", ast.Expr(node.value)
    if isinstance(node, ast.Tuple) and len(node.elts) > 1 and isinstance(node.ctx, ast.Load):
        yield "first two swapped", ast.Tuple([node.elts[1], node.elts[0], *node.elts[2:]], node.ctx)


class _At(ast.NodeTransformer):
    """Replace the node with this running number."""

    def __init__(self, number: int, new: ast.AST) -> None:
        self.number, self.new, self.count = number, new, -1

    def visit(self, node: ast.AST) -> ast.AST:
        self.count += 1
        if self.count == self.number:
            return ast.copy_location(self.new, node)
        return self.generic_visit(node)


class _Number(ast.NodeVisitor):
    def __init__(self) -> None:
        self.nodes: list[ast.AST] = []

    def visit(self, node: ast.AST) -> None:
        self.nodes.append(node)
        self.generic_visit(node)


def mutants(source: str) -> list[tuple[str, str]]:
    """(description, Python text) of every mutant of `source`, without those that equal it or each other."""
    tree = ast.parse(source)
    numbering = _Number()
    numbering.visit(tree)
    plain = ast.unparse(tree)
    seen: set[str] = set()
    found: list[tuple[str, str]] = []
    for number, node in enumerate(numbering.nodes):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            continue  # a docstring
        for what, new in _variants(node):
            mutant = _At(number, copy.deepcopy(new)).visit(copy.deepcopy(tree))
            text = ast.unparse(ast.fix_missing_locations(mutant))
            if text != plain and text not in seen:
                seen.add(text)
                line = f"{ast.unparse(node).splitlines()[0][:60]}: {what}"
                again = sum(known.startswith(line) for known, _ in found)
                found.append((f"{line} (again, {again + 1})" if again else line, text))
    return found
