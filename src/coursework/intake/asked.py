"""What the stub of an answer asks for, by name and kind, and which code gives it.

A function is asked for by one that raises NotImplementedError, a value by None or something empty. What works as it is
released is to be changed by whoever likes to: nothing is asked for.
"""

import ast
import re
from collections.abc import Iterator, Mapping

from coursework.notebook.bindings import bound
from coursework.notebook.dialect import code_tree

Kinds = Mapping[str, bool]  # name → whether it is a function or a class
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
SCOPES = (*FUNCTIONS, ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
# Calls that make a function, or a class, of one.
MAKERS = frozenset(
    ["cache", "compile", "jit", "lru_cache", "partial", "script", "staticmethod", "type", "vectorize", "vmap", "wraps"]
)


def asked(stub: str) -> dict[str, bool]:
    """What a stub leaves open."""
    found = {}
    for line in code_tree(stub).body:
        if isinstance(line, FUNCTIONS) and "NotImplementedError" in ast.unparse(line):
            found[line.name] = True
        elif isinstance(line, ast.Assign | ast.AnnAssign) and line.value is not None and _is_empty(line.value):
            found |= dict.fromkeys(bound(line), False)
    return found


def gives(text: str, kinds: Kinds, unwritten: bool = False) -> dict[str, bool]:
    """The names among `kinds` to which a text gives a meaning of their kind at its top, in blocks, too; a rough guess
    when it does not parse.

    A loop's variable, or an import, is not an answer, nor is a number where a function is asked for.

    Args:
        text: Code, without what pasting left around it.
        kinds: What is asked for.
        unwritten: Whether what is as in a stub counts, too.

    Returns:
        Name → whether there is no doubt: `share = other` may be any object.
    """
    try:
        tree = code_tree(text)
    except ValueError:
        functions = set(re.findall(r"^(?:async +)?(?:def|class)\s+(\w+)", text, re.M))
        values = set(re.findall(r"^(\w+)\s*=", text, re.M)) | functions
        return {name: True for name, function in kinds.items() if name in (functions if function else values)}
    found: dict[str, bool] = {}
    for name, function in _given(tree, unwritten):
        if name in kinds and (function is not False or not kinds[name]):
            found[name] = found.get(name, False) or function is True or not kinds[name]
    return found


def _given(tree: ast.Module, unwritten: bool) -> Iterator[tuple[str, bool | None]]:
    """(name, whether it is a function's: None where it may be one) for each definition and assignment."""
    todo: list[ast.AST] = [tree]
    while todo:
        node = todo.pop()
        if isinstance(node, FUNCTIONS):
            if unwritten or not _is_unwritten(node):
                yield node.name, True
        elif isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets if unwritten or not _is_none(node.value) else []:
                for name in bound(target):
                    yield name, isinstance(target, ast.Name) and _makes_a_function(node.value)
        elif isinstance(node, ast.AugAssign | ast.NamedExpr):
            yield from ((name, False) for name in bound(node.target))
        if not isinstance(node, SCOPES):
            todo += ast.iter_child_nodes(node)


def _makes_a_function(value: ast.expr) -> bool | None:
    """Whether an expression is a function; None where it may be one."""
    if isinstance(value, ast.IfExp):
        return _makes_a_function(value.body)
    if isinstance(value, ast.Call):
        called = value.func.attr if isinstance(value.func, ast.Attribute) else getattr(value.func, "id", "")
        # `Share()` and `torch.no_grad()(f)` may make something that can be called, or a number
        may = not (value.args or value.keywords) or isinstance(value.func, ast.Call)
        return called in MAKERS or (None if may else False)
    return isinstance(value, ast.Lambda) or (None if isinstance(value, ast.Name) else False)


def _is_unwritten(node: ast.AST) -> bool:
    """Whether a function, or each method of a class, does nothing but raise NotImplementedError."""
    body = [line for line in getattr(node, "body", []) if not isinstance(line, ast.Expr)]  # a docstring
    if isinstance(node, ast.ClassDef):
        return bool(body) and all(map(_is_unwritten, body))
    return len(body) == 1 and isinstance(body[0], ast.Raise) and "NotImplementedError" in ast.unparse(body[0])


def _is_none(value: ast.expr) -> bool:
    """Whether a value says nothing: None, an empty text, or several of them."""
    if isinstance(value, ast.Tuple):
        return all(map(_is_none, value.elts))
    return ast.unparse(value) in ("None", "''")


def _is_empty(value: ast.expr) -> bool:
    if isinstance(value, ast.Tuple):
        return all(map(_is_empty, value.elts))
    return _is_none(value) or ast.unparse(value) in ("[]", "{}")
