"""Copy the helpers that a notebook uses into its set-up cell, so that a released notebook needs nothing else.

A line such as ``from coursework.notebook import checks as check  # inlined`` becomes one function that holds the
definitions that the notebook reaches from `check`, and the call that binds them. What is not used stays out. The module
may be one of another package (docs/extending.md); what it imports from its own package or from ours goes along.
"""

import ast
import importlib.util
import io
import re
import textwrap
import tokenize
from functools import cache
from pathlib import Path

from coursework.core.course import StaffError

INLINE_LINE = re.compile(r"^from ([\w.]+) import (\w+)(?: as (\w+))?\s+# inlined$", re.M)
OURS = "coursework"


def lines_in(text: str) -> list[tuple[str, str]]:
    """(module, alias) of each inline line in a cell."""
    return [(f"{match[1]}.{match[2]}", match[3] or match[2]) for match in INLINE_LINE.finditer(text)]


@cache
def _module(name: str, student: bool = False) -> tuple[dict[str, tuple[str, ast.stmt]], str]:
    """Top-level names of a module → (module that defines it, node), and its source text.

    `student`: with the definitions of `notebook/student/` in place of those of the same name.
    """
    try:
        spec = importlib.util.find_spec(name)
    except ImportError:
        spec = None
    if spec is None or spec.origin is None or not spec.origin.endswith(".py"):
        raise StaffError(f"there is no module {name} to inline: is its package installed?")
    text = Path(spec.origin).read_text(encoding="utf-8")
    names: dict[str, tuple[str, ast.stmt]] = {}
    for node in ast.parse(text).body:
        other = _origin(node, name) if isinstance(node, ast.ImportFrom) else ""
        if isinstance(node, ast.ImportFrom) and other.partition(".")[0] in (OURS, name.partition(".")[0]):
            for alias in node.names:
                known = _module(other, student)[0]
                if alias.name not in known:
                    raise StaffError(f"{name} imports {alias.name} of {other}, which defines no such name to inline")
                names[alias.asname or alias.name] = known[alias.name]
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            for alias in node.names:
                names[(alias.asname or alias.name).split(".")[0]] = (name, node)
        elif isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            names[node.name] = (name, node)
        elif isinstance(node, (ast.Assign, ast.AnnAssign)):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                if isinstance(target, ast.Name):
                    names[target.id] = (name, node)
    package, _, short = name.rpartition(".")
    if student and package == f"{OURS}.notebook" and importlib.util.find_spec(f"{package}.student.{short}"):
        names |= _module(f"{package}.student.{short}")[0]
    return names, text


def _origin(node: ast.ImportFrom, name: str) -> str:
    """The module that a line of module `name` imports from."""
    said = "." * node.level + (node.module or "")
    return importlib.util.resolve_name(said, name.rpartition(".")[0])


def helpers(module: str) -> dict[str, ast.stmt]:
    """Top-level names of a module → their definitions."""
    return {name: node for name, (_, node) in _module(module)[0].items()}


def _reached(module: str, used: set[str], student: bool = False) -> dict[tuple[str, int], ast.stmt]:
    """(module, line) → top-level statement, for everything that `used` names of `module` need."""
    todo = [(module, name) for name in sorted(used)]
    found: dict[tuple[str, int], ast.stmt] = {}
    while todo:
        here, name = todo.pop()
        names, _ = _module(here, student)
        if name not in names:
            continue
        home, node = names[name]
        if (home, node.lineno) in found:
            continue
        found[home, node.lineno] = node
        # The annotations count: they are evaluated when the copied function is defined.
        todo += [(home, n.id) for n in ast.walk(node) if isinstance(n, ast.Name)]
    return found


def _at_once(node: ast.AST) -> set[str]:
    """Names that a statement looks up when it runs: those within a function's body come later."""
    if isinstance(node, (ast.FunctionDef, ast.Lambda)):
        parts = [node.args, *getattr(node, "decorator_list", []), getattr(node, "returns", None)]
        return set().union(*(_at_once(part) for part in parts if part is not None))
    own = {node.id} if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) else set()
    return own.union(*map(_at_once, ast.iter_child_nodes(node)))


def _ordered(keys: list[tuple[str, int]], nodes: dict[tuple[str, int], ast.stmt]) -> list[tuple[str, int]]:
    """`keys` in their order, but each behind those whose names its statement looks up at once."""
    owner = {name: key for key in keys for name in _binds(nodes[key])}
    done: dict[tuple[str, int], None] = {}

    def place(key: tuple[str, int], above: tuple) -> None:
        for name in sorted(_at_once(nodes[key])):
            if name in owner and owner[name] not in (*above, key, *done):
                place(owner[name], (*above, key))
        done.setdefault(key)

    for key in keys:
        place(key, ())
    return list(done)


def _binds(node: ast.stmt) -> list[str]:
    """The names that a top-level statement of a helper defines."""
    if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
        return [node.name]
    return [n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)]


def _text(module: str, node: ast.stmt) -> str:
    lines = _module(module)[1].splitlines()
    first = min([node.lineno, *(d.lineno for d in getattr(node, "decorator_list", []))])
    return "\n".join(lines[first - 1 : node.end_lineno])


def terse(text: str) -> str:
    """Python text without docstrings, comments and blank lines: what a student's copy of a helper holds.

    Args:
        text: Statements without multi-line strings but docstrings.

    Returns:
        The same code in fewer lines; the documented text is the module's own.
    """
    lines = text.splitlines()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and ast.get_docstring(node, clean=False) is not None:
            first = node.body[0]
            indent = " " * first.col_offset
            lines[first.lineno - 1 : first.end_lineno] = [""] * ((first.end_lineno or first.lineno) - first.lineno + 1)
            if len(node.body) == 1:
                lines[first.lineno - 1] = f"{indent}pass"
    for token in tokenize.generate_tokens(io.StringIO("\n".join(lines) + "\n").readline):
        if token.type == tokenize.COMMENT:
            row, column = token.start
            lines[row - 1] = lines[row - 1][:column]
    return "\n".join(line.rstrip() for line in lines if line.strip())


def bundle(module: str, alias: str, used: set[str], student: bool = False) -> str:
    """Python text that binds `alias` to a namespace with the `used` names of `module`.

    `student`: what a student needs of it, without docstrings and comments. A set-up cell is in front of everybody.

    Raises StaffError when a used name does not exist, or two modules define one name differently.
    """
    missing = sorted(n for n in used if n not in _module(module, student)[0])
    if missing:
        raise StaffError(f"the notebook uses {alias}.{missing[0]}, which {module} does not have")
    hooks = {"start"} & set(_module(module)[0])  # what a module does for the notebook as soon as it is there
    imports: list[str] = []
    rest: dict[tuple[str, int], str] = {}
    owners: dict[str, str] = {}
    reached = _reached(module, used | hooks, student)
    for (home, line), node in reached.items():
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            _refuse_whole(node, home)
            imports.append(_text(home, node))
            continue
        name = _binds(node)[0]
        if owners.setdefault(name, home) != home:
            raise StaffError(f"{home} and {owners[name]} both define {name}: rename one")
        rest[home, line] = _text(home, node)
    # A module that others import from comes first; within a module, its own order; what is needed at once, before.
    order = _ordered(sorted(rest, key=lambda key: (key[0] == module, key[0].rpartition(".")[2], key[1])), reached)
    lines = sorted(set(imports) | {"import types"})
    if student:
        plain = [line.removeprefix("import ") for line in lines if re.fullmatch(r"import [\w.]+( as \w+)?", line)]
        lines = [f"import {', '.join(plain)}", *[x for x in lines if x[7:] not in plain]]
    body = [*lines, ""]
    for key in order:
        short = rest[key].count("\n") == 0
        body += [rest[key]] if short else ["", rest[key], ""]
    body += ["", *(f'{name}("{alias}")' for name in hooks)]
    pairs = ", ".join(f"{n}={n}" for n in sorted(used))
    body += [f"return types.SimpleNamespace({pairs})"]
    code = "\n".join(body)
    text = textwrap.indent(terse(code) if student else code, "    ")
    # It runs with Python's own names alone, whatever a cell of the notebook calls `len` later.
    own = f'type(_load_{alias})(_load_{alias}.__code__, {{"__builtins__": __builtins__, "__name__": "{alias}"}})()'
    return f"def _load_{alias}():\n{text}\n{'' if student else chr(10) * 2}{alias} = {own}"


def _refuse_whole(node: ast.Import | ast.ImportFrom, home: str) -> None:
    """Raise StaffError where a helper imports its own package, which no student has, as a module."""
    package = home.partition(".")[0]
    if isinstance(node, ast.Import) and any(a.name.partition(".")[0] == package for a in node.names):
        raise StaffError(f"{home} says `{ast.unparse(node)}`: to be inlined it must import names, `from … import name`")


def inline(source: str, all_code: str, student: bool = False) -> str:
    """`source` with its inline lines replaced by what `all_code` (every code cell of the notebook) uses of them.

    Raises StaffError when a line brings what no cell uses; in a student's copy that line is left out instead.
    """

    def replacement(match: re.Match) -> str:
        module, alias = lines_in(match[0])[0]
        used = set(re.findall(rf"(?<![\w.]){alias}\.([A-Za-z_]\w*)", all_code))
        if not used and student:  # only a hidden test uses it
            return ""
        if not used:
            raise StaffError(f"the set-up cell inlines {alias}, but no cell uses it: delete the line")
        return bundle(module, alias, used, student)

    text = INLINE_LINE.sub(replacement, source)
    return re.sub(r"\n{3,}", "\n\n\n", "\n".join(line.rstrip() for line in text.splitlines()))
