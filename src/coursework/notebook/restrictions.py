"""What a cell may use, read from its syntax tree: NumPy and nothing else, or anything without certain names.

Copied into the released notebooks like `checks`, by the same rules. The grader looks at the cell's text
outside the student's process; the visible check says the same sentence beforehand. It is a rule for honest students and
a tripwire for others: code that hides well enough is still only compared by its values.
"""

import ast

from coursework.notebook.dialect import HIDING, QUIET, RUNNING, code_tree, reading

# Ways to other libraries that need no import statement of one's own.
DETOURS = ("__import__", "__builtins__", "__loader__", "builtins", "compile", "eval", "exec", "get_ipython", "globals")
LIBRARIES = ("autograd", "cupy", "datasets", "importlib", "jax", "mxnet", "sys", "tensorflow", "tinygrad", "torch")
# Small helpers of Python's own: they bring no arrays and no gradients.
HARMLESS = (
    *("__future__", "abc", "bisect", "calendar", "cmath", "collections", "contextlib", "copy", "dataclasses"),
    *("datetime", "decimal", "enum", "fractions", "functools", "heapq", "itertools", "math", "numbers", "operator"),
    *("pprint", "random", "re", "statistics", "string", "textwrap", "time", "timeit", "typing", "warnings"),
)
INNER = ("__builtins__", "__globals__", "__import__", "__loader__", "__subclasses__", "importlib", "sys", "torch")


def refusal(source: str, allowed: tuple = ("numpy",)) -> str:
    """Why a cell with this text is refused, as one sentence; "" when it only uses what is allowed."""
    try:
        tree, magics = reading(source)
    except ValueError as error:
        return str(error)
    for number, name in magics:
        if name not in RUNNING + QUIET:
            return f"line {number} is a shell or magic command: {_may(allowed)}"
    nodes = list(ast.walk(tree))
    own = {n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    own |= {n.arg for n in nodes if isinstance(n, ast.arg)}
    for node in nodes:
        found = ""
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else [node.module or ""]
            found = next((f"imports {n}" for n in names if n.split(".")[0] not in allowed + HARMLESS), "")
        elif isinstance(node, ast.Name) and node.id in DETOURS + LIBRARIES and node.id not in own:
            found = f"uses {node.id}"
        elif isinstance(node, ast.Attribute) and node.attr in INNER:
            found = f"uses .{node.attr}"
        if found:
            return f"line {getattr(node, 'lineno', 0)} {found}: {_may(allowed)}"
    return ""


def _may(allowed: tuple) -> str:
    own = "Python's own small modules such as math"
    return f"this cell may use {', '.join([*allowed, own])}, and nothing else"


def renamed(source: str) -> str:
    """Where a cell uses a detour that it has given a meaning of its own (`eval = eval`), which `refusal` lets pass.

    For the grader alone, as visible checks are for honest slips. A parameter of that name is one within its function.
    """
    try:
        nodes = list(ast.walk(code_tree(source)))
    except ValueError as error:
        return str(error)
    parameters = set()
    for node in nodes:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            own = {a.arg for a in ast.walk(node.args) if isinstance(a, ast.arg)}
            body = node.body if isinstance(node.body, list) else [node.body]
            inside = [n for part in body for n in ast.walk(part)]
            parameters |= {id(n) for n in inside if isinstance(n, ast.Name) and n.id in own}
    for node in nodes:
        if isinstance(node, ast.Name) and node.id in DETOURS and id(node) not in parameters:
            return f"line {node.lineno} uses {node.id}: this cell may not reach for it under any name"
    return ""


def reached(source: str, forbidden: tuple) -> str:
    """Where a cell with this text reaches for a forbidden name, as one sentence; "" when it does not.

    A name counts as an attribute (`.backward`), in an import, and by itself unless the cell gives it a meaning. A field
    that the cell itself fills (`hidden.grad = …`) is its own there, and so is one that a class of the cell declares.
    """
    try:
        tree, magics = reading(source)
    except ValueError as error:
        return str(error)
    for number, name in magics:
        if HIDING.match(name):
            return f"line {number} runs code by %{name} that cannot be read here"
    nodes = list(ast.walk(tree))
    attributes = [n for n in nodes if isinstance(n, ast.Attribute)]
    fields = {ast.dump(n.value) + n.attr for n in attributes if isinstance(n.ctx, ast.Store)}
    lines = [line for n in nodes if isinstance(n, ast.ClassDef) for line in n.body if isinstance(line, ast.AnnAssign)]
    declared = {line.target.id for line in lines if isinstance(line.target, ast.Name)}
    imports = [n for n in nodes if isinstance(n, (ast.Import, ast.ImportFrom))]
    brought = {(alias.asname or alias.name).split(".")[0] for n in imports for alias in n.names} | {"torch"}
    own = {n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    own |= {n.arg for n in nodes if isinstance(n, ast.arg)}
    own |= {n.name for n in nodes if isinstance(n, (ast.FunctionDef, ast.ClassDef))}
    for node in nodes:
        names: list = []
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            names = [part for alias in node.names for part in alias.name.split(".")]
            names += (getattr(node, "module", None) or "").split(".")
        elif isinstance(node, ast.Attribute):
            base = getattr(node.value, "id", "")
            filled = ast.dump(node.value) + node.attr in fields
            names = [] if (filled or node.attr in declared) and base not in brought else [node.attr]
        elif isinstance(node, ast.Name) and node.id not in own:
            names = [node.id]
        elif isinstance(node, ast.Constant) and isinstance(node.value, complex):
            names = ["complex"]  # 1j is one by another name
        if found := [name for name in names if name in forbidden]:
            return f"line {getattr(node, 'lineno', 0)} uses {found[0]}, which this answer is to do without"
    return ""
