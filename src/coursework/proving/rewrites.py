"""Right answers in another way: rewrites of an answer that keep its meaning, so it must keep all its points.

Nobody thinks of every way in which a right answer may be written. These are the ways in which students' answers differ
most: other names, a helper in a cell of their own, `%%time`, NumPy's numbers or 0-dim tensors for Python's, lists for
pairs, lazy layers, parameters in another order, a class that inherits, arrays of the answer's own that are changed in
place, a last layer that begins with zeros. All that apply to an answer are applied at once; where two exclude each
other, the answer's own digest decides, so that the same answer is always rewritten alike.
"""

import ast
from collections.abc import Callable
from dataclasses import dataclass

from coursework.core.files import digest
from coursework.proving.scratch import inherit, move_helpers, stores, wanted_functions

KINDS = ("renamed", "order", "in place", "numbers", "tensors", "lazy", "zeros", "scratch", "subclass", "timed")

OWN = """def _in_place(value):
    import numpy
    if isinstance(value, numpy.ndarray) and value.dtype.kind == "f" and value.flags.writeable:
        value *= 1.0
    return value
"""
NUMBERS = """def _as_numbers(value):
    import numpy
    if type(value) in (int, float):
        return numpy.int64(value) if type(value) is int else numpy.float64(value)
    return [_as_numbers(part) for part in value] if type(value) is tuple else value
"""
TENSORS = """def _as_tensors(value):
    import torch
    if type(value) in (int, float):
        return torch.tensor(value, dtype=torch.int64 if type(value) is int else torch.float64)
    return [_as_tensors(part) for part in value] if type(value) is tuple else value
"""
ZEROS = """def _last_layer_of_zeros(network):
    import torch
    layers = list(network.modules()) if isinstance(network, torch.nn.Module) else []
    for layer in [layer for layer in layers if isinstance(layer, torch.nn.Linear)][-1:]:
        if not hasattr(layer.weight, "materialize"):
            torch.nn.init.zeros_(layer.weight)
    return network
"""
LAZY = {"Linear": "LazyLinear", "Conv2d": "LazyConv2d"}
COMPLETE = ("weight_norm", "spectral_norm", "orthogonal", "register_parametrization", "jit")  # these want weights
ARITHMETIC = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.MatMult)


@dataclass
class Rewritten:
    """An answer in another way.

    Attributes:
        answer: Text of the answer cell.
        own: Text of a cell of the student's own above it; "" for none.
        kinds: What was done, in the words of `KINDS`.
    """

    answer: str
    own: str
    kinds: list[str]


def rewritten(
    answer: str, wanted: set[str], without: tuple[str, ...] = (), numpy_only: bool = False
) -> Rewritten | None:
    """The answer with every rewrite that applies; None where none does.

    Args:
        answer: Text of a right answer.
        wanted: Names that the question asks for.
        without: Kinds that would change what this question asks for.
        numpy_only: Whether the answer may use NumPy alone.
    """
    try:
        tree = ast.parse(answer)
    except SyntaxError:  # magic lines: %%time may be there already
        return None
    first = int(digest(answer)[:8], 16) % 2 == 0
    off = set(without) | ({"tensors", "lazy", "zeros"} if numpy_only else set())
    off |= {"tensors" if first or "tensors" in off else "numbers"} if "numbers" not in off else set()
    off |= {"lazy" if first else "zeros"} if not {"lazy", "zeros"} & off else set()
    steps: dict[str, Callable[[ast.Module, set[str]], bool]] = {
        "renamed": _rename,
        "order": _reorder,
        "in place": _change_in_place,
        "numbers": lambda tree, wanted: _other_numbers(tree, wanted, NUMBERS),
        "tensors": lambda tree, wanted: _other_numbers(tree, wanted, TENSORS),
        "lazy": _be_lazy,
        "zeros": _begin_with_zeros,
    }
    done = [kind for kind, step in steps.items() if kind not in off and step(tree, wanted)]
    own = ast.Module(body=[], type_ignores=[])
    if "scratch" not in off and move_helpers(tree, wanted, own):
        done.append("scratch")
    if "subclass" not in off and inherit(tree, wanted, own):
        done.append("subclass")
    text = ast.unparse(ast.fix_missing_locations(tree))
    if "timed" not in off and done:
        done.append("timed")
        text = f"%%time\n{text}"
    return Rewritten(f"{text}\n", ast.unparse(ast.fix_missing_locations(own)), done) if done else None


def _functions(tree: ast.Module) -> list[ast.FunctionDef]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]


def _rename(tree: ast.Module, wanted: set[str]) -> bool:
    """Each local variable of a function gets another name."""
    every = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name)}
    done = False
    for function in _functions(tree):
        inner = [n for n in ast.walk(function) if n is not function and isinstance(n, _SCOPES)]
        fixed = {a.arg for n in [function, *inner] for a in ast.walk(n) if isinstance(a, ast.arg)}
        fixed |= {name for n in inner for name in stores(n)}
        for node in ast.walk(function):
            if isinstance(node, (ast.Global, ast.Nonlocal)):
                fixed |= set(node.names)
            elif isinstance(node, (ast.Import, ast.ImportFrom)):
                fixed |= {(a.asname or a.name).split(".")[0] for a in node.names}
            elif isinstance(node, _NAMED) and node.name:
                fixed.add(node.name)
        if {"locals", "eval", "exec", "vars"} & {n.id for n in ast.walk(function) if isinstance(n, ast.Name)}:
            continue
        new = {name: f"{name}_mine" for name in stores(function) - fixed if f"{name}_mine" not in every}
        for node in ast.walk(function):
            if isinstance(node, ast.Name) and node.id in new:
                node.id = new[node.id]
                done = True
    return done


_NAMED = (ast.FunctionDef, ast.ClassDef, ast.ExceptHandler, ast.MatchAs, ast.MatchStar)
_SCOPES = (ast.FunctionDef, ast.Lambda, ast.ClassDef, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def _reorder(tree: ast.Module, wanted: set[str]) -> bool:
    """Fields that `__init__` sets one after the other, none of which needs another, are set from last to first."""
    done, special = False, _of_classes(tree)
    for function in _functions(tree):
        if function.name != "__init__":
            continue
        body: list[ast.stmt] = []
        run: list[ast.stmt] = []
        for statement in [*function.body, ast.Pass()]:
            name = _field(statement)
            name = None if name in special else name
            if name is not None and not _reads(statement, {_field(s) for s in run}):
                run.append(statement)
                continue
            done = done or len(run) > 1
            body += run[::-1]
            run = [statement] if name is not None else []
            body += [] if name is not None else [statement]
        function.body = body[:-1] or function.body
    return done


def _of_classes(tree: ast.Module) -> set[str]:
    """Names of class bodies: setting such a field may run a property's code, which may need any other field."""
    inside = [node for body in ast.walk(tree) if isinstance(body, ast.ClassDef) for node in body.body]
    names = {node.name for node in inside if isinstance(node, ast.FunctionDef)}
    stored = [n for node in inside if isinstance(node, ast.Assign | ast.AnnAssign) for n in ast.walk(node)]
    return names | {n.id for n in stored if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}


def _field(statement: ast.stmt) -> str | None:
    """The field that a statement `self.field = …` sets."""
    if not isinstance(statement, ast.Assign) or len(statement.targets) != 1:
        return None
    target = statement.targets[0]
    mine = isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name) and target.value.id == "self"
    return target.attr if mine and isinstance(target, ast.Attribute) else None


def _reads(statement: ast.stmt, fields: set[str | None]) -> bool:
    """Whether a statement may look at one of these fields; `self` by itself may be anything."""
    value = statement.value if isinstance(statement, ast.Assign) else statement
    attributes = [n for n in ast.walk(value) if isinstance(n, ast.Attribute) and getattr(n.value, "id", "") == "self"]
    bare = sum(isinstance(n, ast.Name) and n.id == "self" for n in ast.walk(value)) > len(attributes)
    return bool(fields) and (bare or any(a.attr in fields for a in attributes))


def _returns(function: ast.FunctionDef) -> list[ast.Return]:
    """The return statements of the function itself."""
    found, todo = [], list(function.body)
    while todo:
        node: ast.AST = todo.pop()
        if isinstance(node, ast.Return) and node.value is not None:
            found.append(node)
        elif not isinstance(node, _SCOPES):
            todo += list(ast.iter_child_nodes(node))  # type: ignore[arg-type]
    return found


def _called(name: str, value: ast.expr) -> ast.Call:
    return ast.Call(ast.Name(name, ast.Load()), [value], [])


def _put_first(tree: ast.Module, helper: str) -> None:
    """Put a helper below the imports."""
    at = next((n for n, s in enumerate(tree.body) if not isinstance(s, (ast.Import, ast.ImportFrom))), len(tree.body))
    tree.body[at:at] = ast.parse(helper).body


def _change_in_place(tree: ast.Module, wanted: set[str]) -> bool:
    """What an arithmetic operation has just made is the answer's own: it is changed in place before it is returned."""
    found = [
        statement
        for function in _functions(tree)
        for statement in _returns(function)
        if isinstance(statement.value, ast.BinOp) and isinstance(statement.value.op, ARITHMETIC)
    ]
    for statement in found:
        assert statement.value is not None
        statement.value = _called("_in_place", statement.value)
    if found:
        _put_first(tree, OWN)
    return bool(found)


def _other_numbers(tree: ast.Module, wanted: set[str], helper: str) -> bool:
    """Numbers and pairs that the question asks for are of another type."""
    name = helper[4 : helper.index("(")]
    classes = [node for node in tree.body if isinstance(node, ast.ClassDef) and node.name in wanted]
    methods = [f for node in classes for f in node.body if isinstance(f, ast.FunctionDef) and f.name[0] != "_"]
    found = [s for f in [*wanted_functions(tree, wanted), *methods] if not f.decorator_list for s in _returns(f)]
    for statement in found:
        assert statement.value is not None
        statement.value = _called(name, statement.value)
    assigned = sorted({n for s in tree.body if isinstance(s, (ast.Assign, ast.AnnAssign)) for n in stores(s)} & wanted)
    for answer in assigned:
        tree.body.append(ast.Assign([ast.Name(answer, ast.Store())], _called(name, ast.Name(answer, ast.Load()))))
    if found or assigned:
        _put_first(tree, helper)
    return bool(found or assigned)


def _be_lazy(tree: ast.Module, wanted: set[str]) -> bool:
    """Layers find the number of their inputs when they are first called; not where the answer fills, counts or
    reparametrises them, which needs the shape."""
    used = {
        n.attr if isinstance(n, ast.Attribute) else n.id
        for n in ast.walk(tree)
        if isinstance(n, ast.Attribute | ast.Name)
    }
    if used & {"weight", "bias", "init", "parameters", "apply", "state_dict", *COMPLETE}:
        return False
    found = [
        n
        for n in ast.walk(tree)
        if isinstance(n, ast.Call) and isinstance(n.func, ast.Attribute) and n.func.attr in LAZY and len(n.args) > 1
        and not any(isinstance(argument, ast.Starred) for argument in n.args)
    ]  # fmt: skip
    for call in found:
        assert isinstance(call.func, ast.Attribute)
        call.func.attr, call.args = LAZY[call.func.attr], call.args[1:]
    return bool(found)


def _begin_with_zeros(tree: ast.Module, wanted: set[str]) -> bool:
    """The last linear layer of a network begins with zeros."""
    done = False
    for node in list(tree.body):
        if isinstance(node, ast.ClassDef) and any("Module" in ast.unparse(base) for base in node.bases):
            for function in node.body:
                if isinstance(function, ast.FunctionDef) and function.name == "__init__":
                    function.body.append(ast.Expr(_called("_last_layer_of_zeros", ast.Name("self", ast.Load()))))
                    done = True
        elif isinstance(node, ast.FunctionDef) and node.name in wanted and "Linear" in ast.unparse(node):
            for statement in _returns(node):
                assert statement.value is not None
                statement.value = _called("_last_layer_of_zeros", statement.value)
                done = True
    if done:
        _put_first(tree, ZEROS)
    return done
