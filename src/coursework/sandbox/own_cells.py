"""Cells that a student added: what of them may spoil the cells of others, and is then tried without.

A cell of a student's own that ends Python, or hangs so that no interrupt helps, is left out and the notebook run once
more. One that gives a builtin, a given name or an answer's name another meaning gets a second run, in which that is
undone; the judge takes for each test the better of the two.
"""

import ast
import builtins
import functools
import re

from nbformat.notebooknode import NotebookNode

from coursework.core.cells import grade_id_of, is_answer, is_given, is_test
from coursework.notebook.bindings import bound
from coursework.notebook.dialect import code_tree, reading
from coursework.notebook.world import MARKS

TEST = "# check.asserts(): a test without a check is one, too"  # by such a call the hooks know a test
LEFT_OUT = "pass  # left out of this run"
# Calls by which a cell asks Python, or Colab's machine, to end.
ASKS = re.compile(r"(?:\w+\.)*(?:_?exit|quit|unassign|do_shutdown|ask_exit|execv\w*)|os\.(?:kill|abort)|(?:kill|abort)")
# Ways to end a kernel that take effect only when the next cell runs.
ENDS = re.compile(r"\b(_?exit|quit|kill|abort|shutdown|do_shutdown|restart|unassign|execv\w*|ask_exit)\b")

# Magics that empty the notebook's names, or take some; and what else is done to them by what a text says. Which, a run
# alone can tell: it may be any.
EMPTIES = ("reset", "reset_selective", "xdel")
NAMELESS = re.compile(r"\b(?:globals|vars|locals)\(\)\s*[.\[]|\buser_ns\b")
ANY = "*"

# %%time and %%prun, also below %%capture. With anything else than options, %%time is a mistake of the student's.
MEASURING = re.compile(r"\A(\s*%%capture[^\n]*\n)?(\s*)%%(?:time(?:[ \t]+--?[\w-]+)*[ \t]*|prun[^\n]*)(?=\n)")


def is_own(cell: NotebookNode) -> bool:
    """Whether the student added this code cell."""
    return cell.cell_type == "code" and not grade_id_of(cell)


def marked(cell: NotebookNode, undone: bool) -> str:
    """The cell's text for the kernel, whose hooks (`world`) are told what kind of cell it is by its last line.

    A magic on top that only measures is left out, and the lines keep their numbers: it would run them as code that is
    in no cell, and what looks at the student's code (`calls.steps`) would not see it.
    """
    source = MEASURING.sub(lambda m: f"{m[1] or ''}{m[2]}", cell.source)
    magic = re.match(r"\s*%%(\w+)", source)
    if magic and magic[1] not in ("timeit", "capture"):
        return source  # what follows is not Python: a file's content, say
    if is_own(cell):
        return f"{source}\n{MARKS['undone' if undone else 'own']}"
    if is_given(cell):
        return f"{source}\n{MARKS['given']}"
    return f"{source}\n{TEST}" if is_test(cell) and "check." not in source else source


def culprits(nb: NotebookNode, stopped: str | None) -> list[NotebookNode]:
    """The student's own cells that ended the run in the cell `stopped`: this one, or earlier ones that end Python."""
    before: list[NotebookNode] = []
    for cell in nb.cells:
        if cell.id == stopped:
            return [cell] if is_own(cell) else before
        if is_own(cell) and ENDS.search(cell.source):
            before.append(cell)
    return []


def endings(nb: NotebookNode) -> dict[str, str]:
    """Id of a student's own cell that asks Python to end → the call; the run went on where such a cell is none of the
    culprits, but on their machine what came above may not have been what came below."""
    found = {}
    for cell in nb.cells:
        calls = _calls(cell.source) if is_own(cell) else []
        left = [output for output in cell.get("outputs", []) if output.get("ename") == "SystemExit"]
        if ends := [call for call in calls if ASKS.fullmatch(call)]:
            found[cell.id] = f"{ends[0]}()"
        elif is_own(cell) and left:
            found[cell.id] = "SystemExit"
    return found


def _calls(source: str) -> list[str]:
    """What a cell calls, as it is written: `sys.exit`."""
    try:
        tree = code_tree(source)
    except ValueError:
        return []
    calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return [ast.unparse(call) for call in calls if isinstance(call, (ast.Name, ast.Attribute))]


def _names(source: str) -> tuple[set[str], set[str]]:
    """(names that a cell binds or deletes at its top, names that it looks up). All builtins for a star import; ANY
    where it may be each name of the notebook."""
    try:
        tree, magics = reading(source)
    except ValueError:
        return set(), set()
    any_of_them = {ANY} if NAMELESS.search(source) or any(name in EMPTIES for _, name in magics) else set()
    nodes = list(ast.walk(tree))
    star = any(isinstance(n, ast.ImportFrom) and n.names[0].name == "*" for n in nodes)
    looked_up = {n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}
    return bound(tree, top=True) | (set(dir(builtins)) if star else set()) | any_of_them, looked_up


# Of cells that are the same in each submission.
_given_names = functools.lru_cache(500)(_names)


def overwriting(nb: NotebookNode) -> dict[str, list[str]]:
    """Id of a student's own cell → names of others that it overwrites and that an answer, or a test, looks up later."""
    python = set(dir(builtins))
    known, found = set(python), {}
    cells = [cell for cell in nb.cells if cell.cell_type == "code"]
    if not any(is_own(cell) for cell in cells):
        return {}
    code = [(cell, *(_given_names if is_given(cell) or is_test(cell) else _names)(cell.source)) for cell in cells]
    for place, (cell, binds, _) in enumerate(code):
        if not is_own(cell):
            known |= binds if is_answer(cell) or is_given(cell) else set()
            continue
        names, meant = set(), (binds & known) | (known - python if ANY in binds else set())
        for later, _, looked_up in code[place + 1 :]:
            if is_answer(later) or is_test(later):
                names |= meant & (looked_up if is_answer(later) else looked_up - python)
        if names:
            found[cell.id] = sorted(names)
    return found
