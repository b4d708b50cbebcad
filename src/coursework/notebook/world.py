"""The tests' world is their own: what a student's cell overwrites or switches reaches no check, test or given cell.

`start` runs in the set-up cell and hooks into IPython (7.34 and newer). From then on, in given cells and in cells with
checks, Python's builtins and the names that given cells define are looked up in a copy (`NAME.list` for `list`) and not
in the notebook's own names; the process's switches are what the set-up left, and the student's come back afterwards.
Answers see the student's names: if one of theirs is overwritten, `hint` says where. Nor does a given cell or a check
give another meaning to a function of the student's that an answer calls.

The grader tells given cells, answers and the student's own cells apart, and says so in the last line of a cell
(`MARKS`). Copied into the released notebooks like `coursework.notebook.checks`, by the same rules.
"""

import ast
import builtins
import os
import random
import re
import sys
import types

import numpy as np

from coursework.notebook.colab import stand_in
from coursework.notebook.switches import LEFT, put_back, read

NAME = "__coursework__"
# The last line of a cell's text in a grading run. What an "undone" cell binds of other cells' names is put back.
MARKS = {"given": "# coursework: given", "own": "# coursework: own", "undone": "# coursework: own, undone"}
OVERWRITTEN: dict = {}  # name → where a student's cell gave it another meaning
# `super` needs its own name to work; the others belong to IPython.
UNTOUCHED = ("super", "display", "get_ipython", "input", "exit", "quit", "copyright", "credits", "license", "help")
MISSING = object()


class Names:
    """The given names as attributes; for others, what the notebook calls so."""

    def __init__(self, notebook: dict):
        self.__dict__[NAME] = notebook

    def __getattr__(self, name):
        try:
            return self.__dict__[NAME][name]
        except KeyError:
            raise NameError(f"name {name!r} is not defined") from None


class World(ast.NodeTransformer):
    """The hooks of one notebook, and what they know of it."""

    def __init__(self, ip, alias: str):
        self.ip, self.alias = ip, alias
        self.kind, self.source, self.first = "given", "", True
        self.plain = {n: v for n, v in vars(builtins).items() if not n.startswith("_") and n not in UNTOUCHED}
        self.given: dict = {}  # functions, classes and modules of given cells
        self.values: dict = {}  # other names of given cells; they are protected in checks alone
        self.others: set = set()  # names of answers
        self.theirs: dict = {}  # what can be called of the student's cells
        self.called: set = set()  # names that functions of theirs look up
        self.kept: dict = {}
        self.needed: dict = {}
        self.doubled: set = set()  # given values that have the name of a function of theirs
        self.switches: dict = {}
        self.mine: dict = {}
        self.names = Names(ip.user_ns)
        self.names.__dict__.update(self.plain)
        ip.user_ns[NAME] = self.names
        ip.events.register("pre_run_cell", self.before)
        ip.events.register("post_run_cell", self.after)
        ip.ast_transformers.append(self)

    def stop(self) -> None:
        self.ip.ast_transformers.remove(self)
        self.ip.events.unregister("pre_run_cell", self.before)
        self.ip.events.unregister("post_run_cell", self.after)

    def before(self, info=None) -> None:
        """Before a cell runs: the switches and builtins of the set-up for given cells and checks."""
        self.source = getattr(info, "raw_cell", None) or ""
        self.kind = self._kind(self.source)
        self.ip.user_ns[NAME] = self.names
        self.kept, self.mine = {}, {}
        if self.kind in ("own", "undone", "answer"):
            known = {**self.plain, **self.given, **dict.fromkeys(self.others)}
            self.kept = {name: self.ip.user_ns.get(name, MISSING) for name in known}
            return
        for name, value in self.plain.items():
            if vars(builtins).get(name) is not value:
                setattr(builtins, name, value)
        now = read()
        found = put_back(self.switches)
        self.mine = {name: now[name] for name in found}
        if os.environ.get("COURSEWORK_GRADER") == "1":
            random.seed(0)
            np.random.seed(0)
            if "torch" in sys.modules:
                sys.modules["torch"].manual_seed(0)
        elif found and self.kind == "check":
            print(f"Note: a cell of yours has changed {', '.join(found)}. These checks run as the set-up cell left it.")

    def after(self, result=None) -> None:
        """After a cell has run: note what it defines, and give the student back what they switched."""
        if self.first:
            self.first, self.switches = False, read()
            LEFT.update(self.switches)
            self.source = getattr(getattr(result, "info", None), "raw_cell", None) or self.source
            self._note_given()
            self._define_again()
            return
        put_back(self.mine)
        if self.kind == "given":
            self._note_given()
            self.ip.user_ns.update(self.needed)
            self.needed = {}
        elif self.kind in ("own", "undone", "answer"):
            self._note_own(getattr(result, "execution_count", None))

    def visit(self, tree):
        """IPython's call for each cell before it is compiled."""
        if self.kind in ("given", "check"):
            theirs = {n: v for n, v in self.theirs.items() if n in self.called and self.ip.user_ns.get(n) is v}
            own = _first_bound(tree) & set(theirs)
            if self.kind == "check":
                _Renamed(own - {n.arg for n in ast.walk(tree) if isinstance(n, ast.arg)}).visit(tree)
            else:  # other given cells and checks find the given value in `names`
                functions = {n: v for n, v in theirs.items() if isinstance(v, (types.FunctionType, type))}
                self.needed = {n: functions[n] for n in own - _definitions(tree) if n in functions}
                self.doubled |= set(self.needed)
            doubled = {n: v for n, v in self.values.items() if self.kind == "check" or n in self.doubled}
            known = {**self.plain, **self.given, **doubled}
            assigned, top = bound(tree), _definitions(tree)
            for statement in tree.body:
                if getattr(statement, "name", "").startswith("_load_"):
                    continue  # the helpers, when the set-up runs again: they have names of their own
                here = isinstance(statement, (ast.FunctionDef, ast.ClassDef)) and self.kind == "given"
                names = (set(known) | top) - bound(statement, inside=True) if here else set(known) - assigned
                _Lookup(names).visit(statement)
            ast.fix_missing_locations(tree)
        return tree

    def _kind(self, source: str) -> str:
        lines = source.rstrip().splitlines() or [""]
        marked = [kind for kind, mark in MARKS.items() if lines[-1].strip() == mark]
        if marked:
            return marked[0]
        if lines[0].startswith("# @title"):
            return "given"
        if re.search(rf"(?<![\w.]){self.alias}\.[a-z_]+\(", source):
            return "check"
        return "answer" if os.environ.get("COURSEWORK_GRADER") == "1" else "own"

    def _tree(self):
        try:
            return ast.parse(self.ip.transform_cell(self.source))
        except (SyntaxError, ValueError):
            return ast.Module(body=[], type_ignores=[])

    def _note_given(self) -> None:
        tree, notebook = self._tree(), self.ip.user_ns
        definitions = _definitions(tree)
        for name in bound(tree, top=True):
            if name in notebook and name not in UNTOUCHED:
                (self.given if name in definitions else self.values)[name] = notebook[name]
                self.names.__dict__[name] = notebook[name]
                OVERWRITTEN.pop(name, None)

    def _define_again(self) -> None:
        """Functions and classes of the set-up cell itself, which ran before its hooks were there."""
        tree = self._tree()
        kept = [
            s for s in tree.body if isinstance(s, (ast.FunctionDef, ast.ClassDef)) and not s.name.startswith("_load_")
        ]
        for statement in kept:
            made = self.ip.user_ns.get(statement.name)
            code = getattr(made, "__code__", None)
            names = (set(self.plain) | set(self.given)) - bound(statement, inside=True)
            _Lookup(names).visit(statement)
            module = ast.fix_missing_locations(ast.Module(body=[statement], type_ignores=[]))
            exec(compile(module, getattr(code, "co_filename", "<set-up>"), "exec"), self.ip.user_ns)
            self.given[statement.name] = self.names.__dict__[statement.name] = self.ip.user_ns[statement.name]

    def _note_own(self, count) -> None:
        notebook, tree = self.ip.user_ns, self._tree()
        mine = bound(tree, top=True)
        inside = [f for f in ast.walk(tree) if isinstance(f, (ast.FunctionDef, ast.Lambda))]
        self.called |= {n.id for f in inside for n in ast.walk(f) if isinstance(n, ast.Name)}
        self.theirs.update({name: notebook[name] for name in mine if callable(notebook.get(name))})
        if self.kind == "undone":
            for name, value in self.kept.items():
                if value is MISSING:
                    notebook.pop(name, None)
                else:
                    notebook[name] = value
        if self.kind == "answer":
            self.others |= mine
        # In the student's own notebook nothing tells an answer from another cell of theirs.
        if self.kind == "answer" or os.environ.get("COURSEWORK_GRADER") != "1":
            for name in mine & set(self.values):
                del self.values[name]
        for name, right in {**self.plain, **self.given}.items():
            now = notebook.get(name, MISSING)
            changed = now is not self.kept.get(name, MISSING)
            if now is right or (now is MISSING and name in self.plain):
                OVERWRITTEN.pop(name, None)
            elif changed:
                lines = [line.strip() for line in self.source.splitlines() if line.strip()]
                line = next((x for x in lines if re.search(rf"\b{re.escape(name)}\b", x)), lines[0] if lines else "")
                cell = f"cell [{count}]" if count else "a cell of your own"
                OVERWRITTEN[name] = f"{cell} (`{line[:80]}`)"


class _Lookup(ast.NodeTransformer):
    """Looks these names up as attributes of `NAME`."""

    def __init__(self, names: set):
        self.known = names

    def visit_Name(self, node):
        if not isinstance(node.ctx, ast.Load) or node.id not in self.known:
            return node
        given = ast.copy_location(ast.Name(NAME, ast.Load()), node)
        return ast.copy_location(ast.Attribute(given, node.id, ast.Load()), node)


class _Renamed(ast.NodeTransformer):
    """Gives these names of a cell another spelling."""

    def __init__(self, names: set):
        self.names = names

    def visit_Name(self, node):
        if node.id in self.names:
            node.id += NAME
        return node


def _first_bound(tree) -> set:
    """Names to which a cell gives a value at its top before it looks them up."""
    found: set = set()
    looked_up: set = set()
    scopes = (ast.FunctionDef, ast.ClassDef, ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)

    def follow(node):
        if isinstance(node, scopes):
            names = {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}
            looked_up.update(names - bound(node, inside=True) - found)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            looked_up.add(node.id)
        elif isinstance(node, ast.Name) and node.id not in looked_up:
            found.add(node.id)
        else:  # what is evaluated first, first
            parts = list(ast.iter_child_nodes(node))
            for part in sorted(parts, key=lambda p: p not in (getattr(node, "value", 0), getattr(node, "iter", 0))):
                follow(part)

    follow(tree)
    return found


def _definitions(tree) -> set:
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
    todo = list(ast.iter_child_nodes(tree))
    if not inside:
        todo = [tree]
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
        todo += list(ast.iter_child_nodes(node))
    return found


def hint(error: BaseException) -> str:
    """Where a name was overwritten that the failing code of a cell looks up; "" if none was."""
    names: set = set()
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        if "ipykernel" in code.co_filename or code.co_filename.startswith("<ipython-input"):
            names |= set(code.co_names)
        trace = trace.tb_next
    found = [f"`{name}` was given another meaning in {OVERWRITTEN[name]}" for name in sorted(names & set(OVERWRITTEN))]
    return f" ({'; '.join(found[:3])})" if found else ""


def start(alias: str) -> None:
    """Keep the tests' world apart from now on; `alias` is what the notebook calls the checks."""
    ipython = sys.modules.get("IPython")
    ip = ipython.get_ipython() if ipython is not None else None
    if ip is None or not hasattr(ip, "ast_transformers"):
        return
    for earlier in [t for t in ip.ast_transformers if type(t).__name__ == "World"]:
        earlier.stop()
    OVERWRITTEN.clear()
    if os.environ.get("COURSEWORK_GRADER") == "1":
        stand_in(ip)
    World(ip, alias)
