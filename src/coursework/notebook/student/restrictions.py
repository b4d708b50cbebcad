"""What a cell may use, read as the grader reads it; IPython tells magic, shell and help lines from Python here."""

import ast
import contextlib
import re

from coursework.notebook.dialect import HELP, HIDING, QUIET
from coursework.notebook.restrictions import DETOURS, HARMLESS, INNER, LIBRARIES
from coursework.notebook.student.world import NOTED

TIMING = ("time", "timeit", "capture", "prun", "debug", "memit", "mprun", "lprun")  # as `dialect` has, without options


def _read(source: str) -> tuple:
    """(the nodes of a cell's syntax tree, its magic and shell lines as (line number, name)).

    What a magic runs counts, too: `%time f()` calls f. A cell that calls get_ipython itself is read as it is.
    """
    typed, magics = "get_ipython" in source, []
    lead = len(source) - len(source.lstrip("\n"))  # empty lines, which IPython takes off
    nodes = list(ast.walk(ast.parse("\n" * lead + NOTED["ip"].transform_cell(source))))
    for call in [n for n in nodes if isinstance(n, ast.Call) and "get_ipython()." in ast.unparse(n.func) and not typed]:
        kind, (name, *texts) = ast.unparse(call.func), [getattr(arg, "value", "") for arg in call.args] or [""]
        magics.append((call.lineno, name if "magic" in kind else "!"))
        for down, text in enumerate(texts if name in TIMING or ("line_magic" in kind and name not in HELP) else []):
            with contextlib.suppress(SyntaxError):
                inner = _read("\n" * (call.lineno - 1 + down) + re.sub(r"^(-\w+(\s+\d+)?(\s+|$))+", "", text))
                nodes, magics = nodes + inner[0], magics + inner[1]
    return [n for n in nodes if getattr(n, "id", "") != "get_ipython" or typed], magics


def refusal(source: str) -> str:
    """Why a cell is refused that may use NumPy alone, as one sentence; "" when that is all it uses."""
    nodes, magics = _read(source)
    found = [f"line {n} is a shell or magic command" for n, name in magics if name not in (*TIMING, *QUIET, *HELP)]
    own = {n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    own |= {n.arg for n in nodes if isinstance(n, ast.arg)}
    for node in nodes:
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else [node.module or ""]
            odd = [name for name in names if name.split(".")[0] not in ("numpy", *HARMLESS)]
            found += [f"line {node.lineno} imports {name}" for name in odd]
        elif isinstance(node, ast.Name) and node.id in DETOURS + LIBRARIES and node.id not in own:
            found.append(f"line {node.lineno} uses {node.id}")
        elif isinstance(node, ast.Attribute) and node.attr in INNER:
            found.append(f"line {node.lineno} uses .{node.attr}")
    may = "this cell may use numpy, Python's own small modules such as math, and nothing else"
    return f"{found[0]}: {may}" if found else ""


def reached(source: str, forbidden: tuple) -> str:
    """Where a cell reaches for a name that it is to do without, as one sentence; "" when it does not.

    Names and fields of the cell's own are none of these names, whatever they are called.
    """
    nodes, magics = _read(source)
    found = [f"line {n} runs code by %{name} that cannot be read here" for n, name in magics if HIDING.match(name)]
    own = {ast.unparse(n) for n in nodes if isinstance(getattr(n, "ctx", None), ast.Store)}
    own |= {n.arg for n in nodes if isinstance(n, ast.arg)}
    own |= {n.name for n in nodes if isinstance(n, (ast.FunctionDef, ast.ClassDef))}
    lines = [line for n in nodes if isinstance(n, ast.ClassDef) for line in n.body]
    declared = {ast.unparse(line.target) for line in lines if isinstance(line, ast.AnnAssign)}
    imports = [n for n in nodes if isinstance(n, (ast.Import, ast.ImportFrom))]
    brought = {(alias.asname or alias.name).split(".")[0] for n in imports for alias in n.names} | {"torch"}
    for node in nodes:
        names = []
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            names = ".".join([*(a.name for a in node.names), getattr(node, "module", None) or ""]).split(".")
        elif isinstance(node, ast.Attribute):
            field = ast.unparse(node) in own or node.attr in declared
            names = [] if field and getattr(node.value, "id", "") not in brought else [node.attr]
        elif isinstance(node, ast.Name) and node.id not in own:
            names = [node.id]
        elif isinstance(node, ast.Constant) and isinstance(node.value, complex):
            names = ["complex"]  # 1j is one by another name
        found += [f"line {node.lineno} uses {n}, which this answer is to do without" for n in names if n in forbidden]
    return found[0] if found else ""
