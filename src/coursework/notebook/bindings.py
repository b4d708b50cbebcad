"""What a cell binds, and other spellings for its names: the reading and rewriting that the tests' world does.

Copied into the released notebooks like `coursework.notebook.checks`, by the same rules. Every cell with checks passes
through here in every run, so trees are walked in loops: visitors take three times as long.
"""

import ast

PLACE = ("lineno", "col_offset", "end_lineno", "end_col_offset")
SCOPES = (ast.FunctionDef, ast.ClassDef, ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def look_up(tree, names: set, home: str) -> None:
    """Let these names be looked up as attributes of `home`, everywhere below `tree`."""
    todo = [tree]
    while todo:
        node = todo.pop()
        for field, value in ast.iter_fields(node):
            parts = value if isinstance(value, list) else [value]
            for at, part in enumerate(parts):
                if isinstance(part, ast.Name) and part.id in names and isinstance(part.ctx, ast.Load):
                    place = {name: getattr(part, name) for name in PLACE}
                    given = ast.Attribute(ast.Name(home, part.ctx, **place), part.id, part.ctx, **place)
                    if parts is value:
                        parts[at] = given
                    else:
                        setattr(node, field, given)
                elif isinstance(part, ast.AST):
                    todo.append(part)


def rename(tree, names: set, ending: str) -> None:
    """Give these names of a cell another spelling."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id in names:
            node.id += ending


def first_bound(tree) -> set:
    """Names to which a cell gives a value at its top before it looks them up."""
    found: set = set()
    looked_up: set = set()

    def follow(node):
        if isinstance(node, SCOPES):
            names = {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}
            looked_up.update(names - bound(node, inside=True) - found)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            looked_up.add(node.id)
        elif isinstance(node, ast.Name) and node.id not in looked_up:
            found.add(node.id)
        else:  # what is evaluated first, first
            parts = _below(node)
            for part in sorted(parts, key=lambda p: p not in (getattr(node, "value", 0), getattr(node, "iter", 0))):
                follow(part)

    follow(tree)
    return found


def definitions(tree) -> set:
    """Functions, classes and modules that a cell defines at its top."""
    found: set = set()
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            found.add(node.name)
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            found |= {(a.asname or a.name).split(".")[0] for a in node.names}
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) and not node.value.args:
            # `check = _load_check()` binds a helper, too.
            called = getattr(node.value.func, "id", "") or ast.dump(node.value.func)
            if "_load_" in called:
                found |= {t.id for t in node.targets if isinstance(t, ast.Name)}
    return found


def bound(tree, top: bool = False, inside: bool = False) -> set:
    """Names to which `tree` gives a meaning: at its top alone, or within a function or class without its own name."""
    found: set = set()
    todo = _below(tree) if inside else [tree]
    while todo:
        node = todo.pop()
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            found.add(node.id)
        elif isinstance(node, ast.arg):
            found.add(node.arg)
        elif isinstance(node, (ast.Global, ast.Nonlocal)):
            found |= set(node.names)
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            found |= {(a.asname or a.name).split(".")[0] for a in node.names}
        elif isinstance(node, ast.ExceptHandler) and node.name:
            found.add(node.name)
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            found.add(node.name)
            if top:
                continue
        elif top and isinstance(node, (ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)):
            continue
        todo += _below(node)
    return found


def _below(node) -> list:
    """The nodes right below, but for the marks of load and store."""
    found: list = []
    for name in node._fields:
        value = getattr(node, name, None)
        if isinstance(value, list):
            found += [part for part in value if isinstance(part, ast.AST)]
        elif isinstance(value, ast.AST) and name != "ctx":
            found.append(value)
    return found
