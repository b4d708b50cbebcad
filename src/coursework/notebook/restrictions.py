"""What a cell may use, read from its syntax tree: NumPy and nothing else, or anything without certain names.

Copied into the released notebooks like `checks`, by the same rules. The grader looks at the cell's text
outside the student's process; the visible check says the same sentence beforehand. It is a rule for honest students and
a tripwire for others: code that hides well enough is still only compared by its values.
"""

import ast

# Ways to other libraries that need no import statement of one's own.
DETOURS = ("__import__", "__builtins__", "__loader__", "builtins", "compile", "eval", "exec", "get_ipython", "globals")
LIBRARIES = ("autograd", "cupy", "datasets", "importlib", "jax", "mxnet", "sys", "tensorflow", "tinygrad", "torch")
# Small helpers of Python's own: they bring no arrays and no gradients.
HARMLESS = ("__future__", "abc", "collections", "copy", "dataclasses", "functools", "itertools", "math", "typing")
INNER = ("__builtins__", "__globals__", "__import__", "__loader__", "__subclasses__", "modules", "torch")


def refusal(source: str, allowed: tuple = ("numpy",)) -> str:
    """Why a cell with this text is refused, as one sentence; "" when it only uses what is allowed.

    Text that is no Python is not refused here: it fails anyway.
    """
    for number, line in enumerate(source.splitlines(), 1):
        if line.lstrip().startswith(("!", "%")):
            return f"line {number} is a shell or magic command: this cell may use {', '.join(allowed)} and nothing else"
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError):
        return ""
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
            return f"line {getattr(node, 'lineno', 0)} {found}: this cell may use {', '.join(allowed)} and nothing else"
    return ""


def renamed(source: str) -> str:
    """Where a cell uses a detour that it has given a meaning of its own (`eval = eval`), which `refusal` lets pass.

    For the grader alone, as visible checks are for honest slips. A parameter of that name is one within its function.
    """
    try:
        nodes = list(ast.walk(ast.parse(source)))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ""
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

    A name counts as an attribute (`.backward`), in an import, and by itself unless the cell gives it a meaning.
    """
    try:
        nodes = list(ast.walk(ast.parse(source)))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ""
    own = {n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    own |= {n.arg for n in nodes if isinstance(n, ast.arg)}
    own |= {n.name for n in nodes if isinstance(n, (ast.FunctionDef, ast.ClassDef))}
    for node in nodes:
        names: list = []
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            names = [part for alias in node.names for part in alias.name.split(".")]
            names += (getattr(node, "module", None) or "").split(".")
        elif isinstance(node, ast.Attribute):
            names = [node.attr]
        elif isinstance(node, ast.Name) and node.id not in own:
            names = [node.id]
        if found := [name for name in names if name in forbidden]:
            return f"line {getattr(node, 'lineno', 0)} uses {found[0]}, which this answer is to do without"
    return ""
