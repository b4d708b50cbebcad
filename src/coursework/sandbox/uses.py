"""What a cell has to do with the names of others: which ones it binds, takes from other cells, or changes."""

import ast
import re
import symtable
from collections.abc import Iterator
from dataclasses import dataclass

from coursework.notebook.bindings import SCOPES, bound, first_bound
from coursework.notebook.dialect import code_tree

# By these a cell may look up any name.
BY_TEXT = re.compile(r"(?<![\w.])(?:exec|eval|globals|locals|vars)\s*\(|(?<![\w.])dir\(\)|\buser_ns\b|\b__main__\b")
# By these it may bind any name, or make a module that others import.
BINDS_ANY = re.compile(
    r"(?<![\w.])(?:exec|globals|locals|vars)\s*\(|\buser_ns\b|\b__main__\b|\bimport \*|\bsys\.path\b|"
    r"^\s*%%(?:writefile|file)\b|^\s*%(?:run|pylab|store|load)\b",
    re.M,
)

SHOW = (
    "print",
    "display",
    "len",
    "type",
    "repr",
    "str",
    "sum",
    "min",
    "max",
    "sorted",
    "list",
    "float",
    "int",
    "round",
)


@dataclass(frozen=True)
class Uses:
    """The names of one cell.

    Attributes:
        binds: At its top, in blocks, or as globals of a function.
        reads: Taken from other cells; None where they may be any.
        first: Those of them that it looks up as it runs, and not only when one of its functions is called.
        changes: Names whose objects it changes where it runs: `layers.append(…)`, `Net.forward = …`, `@add_to(Net)`.
        binds_any: Whether nobody can tell which names it binds.
        acts: Whether it does more than show values: it binds names, or calls what may change something.
    """

    binds: frozenset[str]
    reads: frozenset[str] | None
    first: frozenset[str]
    changes: frozenset[str]
    binds_any: bool
    acts: bool

    @classmethod
    def of(cls, source: str) -> "Uses":
        """Read the code of a cell; of one that is no Python all that is known is that it may read any name."""
        any_of_them = bool(BINDS_ANY.search(source))
        try:
            tree = code_tree(source)
            table = symtable.symtable(ast.unparse(tree), "cell", "exec")
        except (ValueError, SyntaxError, RecursionError, MemoryError):
            return cls(frozenset(), None, frozenset(), frozenset(), any_of_them, True)
        top = bound(tree, top=True)
        binds = top | {name for node in ast.walk(tree) if isinstance(node, ast.Global) for name in node.names}
        here, inside = _looked_up(table, {name for name, _ in _added(tree)})
        first = frozenset((here - first_bound(tree)) | _added_to(tree))
        reads = None if BY_TEXT.search(source) else first | (inside - top)
        called = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
        acts = bool(binds) or any(getattr(func, "id", "") not in SHOW for func in called)
        return cls(frozenset(binds), reads, first, frozenset(_changed(tree)), any_of_them, acts)


def _added(tree: ast.AST) -> Iterator[tuple[str, ast.AugAssign]]:
    """Each `x += …` with its name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
            yield node.target.id, node


def _added_to(tree: ast.Module) -> set[str]:
    """Names of other cells to which the top of a cell adds: `x += 1`, where neither a line above it nor another part of
    the same one binds x."""
    found: set[str] = set()
    above: set[str] = set()
    for line in tree.body:
        if not isinstance(line, SCOPES):
            targets = {id(node.target) for _, node in _added(line)}
            plain = {
                n.id
                for n in ast.walk(line)
                if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store) and id(n) not in targets
            }
            found |= {name for name, _ in _added(line)} - plain - above
        above |= bound(line, top=True)
    return found


def _looked_up(table: symtable.SymbolTable, added: set[str]) -> tuple[set[str], set[str]]:
    """(names that are looked up at the top; those that functions and classes look up there). `x += 1` looks up x, which
    a symbol table does not say; nor that a class does so for a name that it binds itself."""
    here = {symbol.get_name() for symbol in table.get_symbols() if symbol.is_referenced()}
    inside: set[str] = set()
    todo = list(table.get_children())
    while todo:
        part = todo.pop()
        for symbol in part.get_symbols():
            if not (symbol.is_referenced() or symbol.get_name() in added):
                continue
            if symbol.is_global():
                inside.add(symbol.get_name())
            elif part.get_type() == "class" and symbol.is_assigned():
                here.add(symbol.get_name())
        todo += part.get_children()
    return here, inside


def _changed(tree: ast.Module) -> Iterator[str]:
    """Names whose objects are changed at the top of a cell; of modules only where something is written into them."""
    modules = {name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in bound(node)}
    todo: list[ast.AST] = list(tree.body)
    while todo:
        node = todo.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            for one in node.decorator_list:
                yield from filter(None, map(_base, one.args if isinstance(one, ast.Call) else ()))
            continue
        if isinstance(node, ast.Attribute | ast.Subscript) and not isinstance(node.ctx, ast.Load):
            yield _base(node)
        elif isinstance(node, ast.Expr) and isinstance(call := node.value, ast.Call):
            if isinstance(call.func, ast.Attribute) and (name := _base(call.func)) not in modules:
                yield name
            elif isinstance(call.func, ast.Name) and call.func.id in ("setattr", "delattr") and call.args:
                yield _base(call.args[0])
        todo += ast.iter_child_nodes(node)


def _base(node: ast.AST) -> str:
    """The name with which `a.b[c].d` begins; "" where it begins otherwise."""
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""
