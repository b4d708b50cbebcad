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
import re
import sys
import types

from coursework.notebook.bindings import bound, definitions, first_bound, look_up, rename
from coursework.notebook.colab import stand_in
from coursework.notebook.switches import LEFT, put_back, read, seed

NAME = "__coursework__"
# The last line of a cell's text in a grading run. What an "undone" cell binds of other cells' names is put back.
MARKS = {"given": "# coursework: given", "own": "# coursework: own", "undone": "# coursework: own, undone"}
OVERWRITTEN: dict = {}  # name → where a student's cell gave it another meaning
# `super` needs its own name to work; the others belong to IPython.
UNTOUCHED = ("super", "display", "get_ipython", "input", "exit", "quit", "copyright", "credits", "license", "help")
MISSING = object()
EMPTY = ast.Module(body=[], type_ignores=[])  # what a cell is that cannot be read


class Names:
    """The given names as attributes; for others, what the notebook calls so."""

    def __init__(self, notebook: dict):
        self.__dict__[NAME] = notebook

    def __getattr__(self, name):
        try:
            return self.__dict__[NAME][name]
        except KeyError:
            raise NameError(f"name {name!r} is not defined") from None


class World:
    """The hooks of one notebook, and what they know of it."""

    def __init__(self, ip, alias: str):
        self.ip, self.alias = ip, alias
        self.kind, self.source, self.first = "given", "", True
        self.tree = EMPTY  # of the cell that runs
        self.plain = {n: v for n, v in vars(builtins).items() if not n.startswith("_") and n not in UNTOUCHED}
        self.given: dict = {}  # functions, classes and modules of given cells
        self.values: dict = {}  # other names of given cells; they are protected in checks alone
        self.others: set = set()  # names of answers
        self.theirs: dict = {}  # what can be called of the student's cells
        self.called: set = set()  # names that functions of theirs look up
        self.kept: dict = {}
        self.whole: dict = {}  # every name of the notebook before an undone cell
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
        self.kept, self.whole, self.mine, self.tree = {}, {}, {}, EMPTY
        if self.kind in ("own", "undone", "answer"):
            known = {**self.plain, **self.given, **dict.fromkeys(self.others)}
            if self.kind == "undone":
                known, self.whole = {**known, **self.values}, dict(self.ip.user_ns)
            self.kept = {name: self.ip.user_ns.get(name, MISSING) for name in known}
            return
        for name, value in self.plain.items():
            if vars(builtins).get(name) is not value:
                setattr(builtins, name, value)
        now = read()
        found = put_back(self.switches)
        self.mine = {name: now[name] for name in found}
        if os.environ.get("COURSEWORK_GRADER") == "1":
            seed(0)
        elif found and self.kind == "check":
            print(f"Note: a cell of yours has changed {', '.join(found)}. These checks run as the set-up cell left it.")

    def after(self, result=None) -> None:
        """After a cell has run: note what it defines, and give the student back what they switched."""
        if self.first:
            self.first, self.switches = False, read()
            LEFT.update(self.switches)
            self.source = getattr(getattr(result, "info", None), "raw_cell", None) or self.source
            self.tree = ast.parse(self.ip.transform_cell(self.source))
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
        """IPython's call for each cell before it is compiled, and for what `%%time` and the like run within it."""
        self.tree = tree if self.tree is EMPTY else self.tree
        if self.kind in ("given", "check"):
            theirs = {n: v for n, v in self.theirs.items() if n in self.called and self.ip.user_ns.get(n) is v}
            assigned, top = bound(tree), definitions(tree)
            own = first_bound(tree) & set(theirs) if assigned & set(theirs) else set()
            if self.kind == "check":
                if own:
                    rename(tree, own - {n.arg for n in ast.walk(tree) if isinstance(n, ast.arg)}, NAME)
                    assigned, top = bound(tree), definitions(tree)
            else:  # other given cells and checks find the given value in `names`
                functions = {n: v for n, v in theirs.items() if isinstance(v, (types.FunctionType, type))}
                self.needed = {n: functions[n] for n in own - top if n in functions}
                self.doubled |= set(self.needed)
            doubled = {n: v for n, v in self.values.items() if self.kind == "check" or n in self.doubled}
            known = {*self.plain, *self.given, *doubled}
            for statement in tree.body:
                if getattr(statement, "name", "").startswith("_load_"):
                    continue  # the helpers, when the set-up runs again: they have names of their own
                here = isinstance(statement, (ast.FunctionDef, ast.ClassDef)) and self.kind == "given"
                names = (known | top) - bound(statement, inside=True) if here else known - assigned
                look_up(statement, names, NAME)
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

    def _note_given(self) -> None:
        notebook, defined = self.ip.user_ns, definitions(self.tree)
        for name in bound(self.tree, top=True):
            if name in notebook and name not in UNTOUCHED:
                (self.given if name in defined else self.values)[name] = notebook[name]
                self.names.__dict__[name] = notebook[name]
                OVERWRITTEN.pop(name, None)

    def _define_again(self) -> None:
        """Functions and classes of the set-up cell itself, which ran before its hooks were there."""
        for statement in self.tree.body:
            if not isinstance(statement, (ast.FunctionDef, ast.ClassDef)) or statement.name.startswith("_load_"):
                continue
            made = self.ip.user_ns.get(statement.name)
            code = getattr(made, "__code__", None)
            look_up(statement, (set(self.plain) | set(self.given)) - bound(statement, inside=True), NAME)
            module = ast.Module(body=[statement], type_ignores=[])
            exec(compile(module, getattr(code, "co_filename", "<set-up>"), "exec"), self.ip.user_ns)
            self.given[statement.name] = self.names.__dict__[statement.name] = self.ip.user_ns[statement.name]

    def _note_own(self, count) -> None:
        notebook, tree = self.ip.user_ns, self.tree
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
            notebook.update({name: value for name, value in self.whole.items() if name not in notebook})
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
