"""What a hidden test names is gone after it: the next answer finds the names that it had in the student's notebook.

A hidden test that says ``x = …`` would otherwise give its `x` to an answer below, which had another one, or none, when
the student ran it.
"""

import re
import symtable

from nbformat.notebooknode import NotebookNode

from coursework.core.cells import is_test

HIDDEN = re.compile(r"^### BEGIN HIDDEN TESTS\n", re.M)
# Names that exist before are put back, others deleted, whatever way the part ends.
FENCE = """def _our_fence(names, ip=__import__("IPython").get_ipython()):
    was = {{name: ip.user_ns[name] for name in names if name in ip.user_ns}}
    def back(result=None):
        ip.events.unregister("post_run_cell", back)
        for name in (*names, "_our_fence"):
            ip.user_ns.pop(name, None)
        ip.user_ns.update(was)
    ip.events.register("post_run_cell", back)
_our_fence({names!r})
"""


def _names(text: str) -> tuple[set[str], set[str]]:
    """(names that a test binds in the notebook, names of the notebook that it looks up, in functions, too)."""
    try:
        top = symtable.symtable(text, "<test>", "exec")
    except SyntaxError:  # of a magic, say: its part runs as it is
        return set(), set()
    binds = {s.get_name() for s in top.get_symbols() if s.is_assigned() or s.is_imported() or s.is_namespace()}
    looks_up, todo = set(), [top]
    while todo:
        table = todo.pop()
        looks_up |= {s.get_name() for s in table.get_symbols() if s.is_referenced() and (table is top or s.is_global())}
        todo += table.get_children()
    return binds, looks_up


def own_names(nb: NotebookNode) -> dict[str, tuple[str, ...]]:
    """What the hidden part of each test binds for itself alone.

    Args:
        nb: A notebook with hidden tests.

    Returns:
        Id of a test cell → the names that its hidden part binds, and of which its visible part does not speak: a test
        that gives another function to the name that it tests does so for the answers below. None for a test that
        hands something to a later one: what it hands on may need the rest.
    """
    parts = {cell.id: HIDDEN.split(cell.source, maxsplit=1) for cell in nb.cells if is_test(cell)}
    hidden = {id: (set.union(*_names(two[0])), *_names(two[1])) for id, two in parts.items() if len(two) == 2}
    found: dict[str, tuple[str, ...]] = {}
    handed_on: set[str] = set()
    for id, (visible, binds, looks_up) in reversed(hidden.items()):
        found[id] = () if binds & handed_on else tuple(sorted(binds - visible))
        handed_on |= looks_up - binds
    return found


def fenced(part: str, names: tuple[str, ...]) -> str:
    """The hidden part, after which `names` mean what they meant before it."""
    return FENCE.format(names=names) + part if names else part
