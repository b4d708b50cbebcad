"""Rewrites of a right answer that put a part of it into a cell of the student's own, above the answer's."""

import ast
import copy


def wanted_functions(tree: ast.Module, wanted: set[str]) -> list[ast.FunctionDef]:
    return [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name in wanted]


def stores(node: ast.AST) -> set[str]:
    return {n.id for n in ast.walk(node) if isinstance(n, ast.Name) and not isinstance(n.ctx, ast.Load)}


def move_helpers(tree: ast.Module, wanted: set[str], own: ast.Module) -> bool:
    """Functions of the answer's own move to a cell above; where there is none, a function's body does."""
    imports = [s for s in tree.body if isinstance(s, (ast.Import, ast.ImportFrom))]
    bound = {n for s in tree.body if not isinstance(s, (ast.FunctionDef, ast.ClassDef)) for n in stores(s)}
    helpers = [
        s
        for s in tree.body
        if isinstance(s, ast.FunctionDef) and s.name not in wanted and not s.decorator_list
        and not bound & {n.id for n in ast.walk(s) if isinstance(n, ast.Name)}
        and not any(isinstance(n, ast.Global) for n in ast.walk(s))
    ]  # fmt: skip
    tree.body = [s for s in tree.body if s not in helpers]
    for function in wanted_functions(tree, wanted):
        named = {n.id for n in ast.walk(function) if isinstance(n, ast.Name)}
        odd = function.decorator_list or bound & named or function.name in named
        odd = odd or any(isinstance(n, (ast.Yield, ast.YieldFrom, ast.Global)) for n in ast.walk(function))
        if odd or function.args.vararg or function.args.kwarg or function.args.posonlyargs:
            continue
        inner = copy.deepcopy(function)
        inner.name, inner.args.defaults = f"_{function.name}_in_a_cell_of_its_own", []
        inner.args.kw_defaults = [None] * len(inner.args.kwonlyargs)
        for argument in [*inner.args.args, *inner.args.kwonlyargs]:
            argument.annotation = None
        inner.returns = None
        given: list[ast.expr] = [ast.Name(a.arg, ast.Load()) for a in function.args.args]
        named_only = [ast.keyword(a.arg, ast.Name(a.arg, ast.Load())) for a in function.args.kwonlyargs]
        function.body = [ast.Return(ast.Call(ast.Name(inner.name, ast.Load()), given, named_only))]
        helpers.append(inner)
        break
    if helpers:
        own.body += [*imports, *helpers]
    return bool(helpers)


def inherit(tree: ast.Module, wanted: set[str], own: ast.Module) -> bool:
    """A class that the question asks for inherits everything from one of the student's own, in a cell above."""
    found = [s for s in tree.body if isinstance(s, ast.ClassDef) and s.name in wanted and not s.decorator_list]
    others = {s.name for s in tree.body if isinstance(s, (ast.FunctionDef, ast.ClassDef))} - {s.name for s in found}
    bound = {n for s in tree.body if not isinstance(s, (ast.FunctionDef, ast.ClassDef)) for n in stores(s)}
    moved = []
    for node in found:
        if (others | bound) & {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}:
            continue  # it needs what stays in the answer's cell
        base = copy.deepcopy(node)
        base.name = f"{node.name}InACellOfItsOwn"
        for inner in ast.walk(base):
            if isinstance(inner, ast.Name) and inner.id == node.name:
                inner.id = base.name
        node.bases, node.keywords, node.body = [ast.Name(base.name, ast.Load())], [], [ast.Pass()]
        moved.append(base)
    if moved:
        own.body += [*(s for s in tree.body if isinstance(s, (ast.Import, ast.ImportFrom))), *moved]
    return bool(moved)
