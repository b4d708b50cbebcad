"""One test cell of an nbgrader source on its way into this course: its text now, and what is known of its probes."""

import ast
import re
from typing import Any

import numpy as np

from coursework.authoring.asserts import AUTOTEST, Read, Reader
from coursework.core.probes import Probe
from coursework.judging.asserts import NUMBER
from coursework.judging.values import compare, decode
from coursework.notebook.dialect import code_tree

HIDDEN_START, HIDDEN_END = "### BEGIN HIDDEN TESTS", "### END HIDDEN TESTS"
AUTOTEST_LINE = re.compile(r"^(\s*)#+\s*(?:HASHED\s+)?AUTOTEST\b(.*)$")
COUNTER = re.compile(r" \(\d+\)$")  # of a probe in a loop
POINTS = "its last line gives the points"
CLOSE_ENOUGH = 1e-3  # of the tolerance: so near, the solution's own value takes the place of the teacher's


class TestCell:
    """Raises ValueError, with one sentence, when the cell cannot be read."""

    __test__ = False  # pytest takes it for a test else

    def __init__(self, source: str) -> None:
        self.source, self.before = source, ""
        self.visible, self.whole, self.hidden = apart(source)
        self.body = code_tree(self.whole).body
        self.names = {n.id for n in ast.walk(ast.Module(self.body, [])) if isinstance(n, ast.Name)}
        self.keep: dict[str, str] = {}
        self.wanted: set[str] = set()  # probes whose wanted value must stay
        self.near: set[str] = set()  # probes where it need not
        self.spread: set[str] = set()  # probes where it is one number for a whole array
        self.kinds: dict[str, dict] = {}  # autotest → what the solution gave
        self.lost: list[str] = []
        self.partial = False
        self.read = Read()

    def text(self, students: set[str], helpers: dict[str, str], question: str) -> str:
        """The cell with a hidden block of probes, or as it was."""
        try:
            code_tree(self.visible)
            apart = True
        except ValueError:  # the hidden region is within a block
            apart = False
        if self.partial or not apart:
            why = POINTS if self.partial else "its hidden region is inside of a block"
            self.read = Read(kept=[(ast.unparse(self.body[-1]) if self.body else "", why)])
            return self.source
        plain, spread = frozenset(self.near - self.wanted), frozenset(self.spread)
        reader = Reader(students, helpers, self.hidden, self.keep, plain, spread)
        self.read = reader.read(_fresh(self.body))
        if not self.read.probes:
            if not self.read.kept:
                last = ast.unparse(self.body[-1]) if self.body else "nothing"
                self.read.kept.append((last, "it passes as long as nothing is raised"))
            return self.source
        hidden = [HIDDEN_START, *self.read.lines, HIDDEN_END]
        visible = [self.visible.rstrip(), *self._exists(question)]
        return "\n".join([*(part for part in visible if part), *hidden])

    def _exists(self, question: str) -> list[str]:
        """What a student may know of an autotest's value before it is judged: that it is there, and its kind."""
        lines = []
        for text, value in self.kinds.items():
            if kind := _kind(value):
                lines.append(f"check.exists({text!r}, lambda: {text}, {kind})")
        return [*lines, f"check.passed({question!r})"] if lines else []

    def correct(self, emitted: Probe, fault: str) -> bool:
        """Take what the solution emitted for one probe; whether the cell must be written anew."""
        name = COUNTER.sub("", emitted.name) if emitted.name not in self.read.probes else emitted.name
        probe = self.read.probes.get(name)
        if probe is None:
            return False
        if fault and name not in self.spread and _spreads(emitted):
            self.spread.add(name)
            return True
        if fault and probe.statement not in self.keep:
            self.keep[probe.statement] = fault
            if f"{AUTOTEST}(" in probe.statement:
                self.lost.append(f"an autotest of `{name}`: {fault}")
            return True
        if f"{AUTOTEST}(" in probe.statement and name not in self.kinds:
            self.kinds[name] = emitted.value
            return bool(_kind(emitted.value))
        if emitted.own:
            close = _near(emitted)
            new = name not in (self.near if close else self.wanted)
            (self.near if close else self.wanted).add(name)
            return new and close
        return False

    def last_line(self, shown: Any) -> bool:
        """Take what the cell's last line showed: a number is points; whether the cell must be written anew."""
        match = NUMBER.fullmatch(shown.strip()) if isinstance(shown, str) and len(shown) < 60 else None
        last = self.body[-1] if self.body else None
        if match is None or self.partial or not isinstance(last, ast.Expr) or f"{AUTOTEST}(" in ast.unparse(last):
            return False
        self.partial = True
        return True


def apart(source: str) -> tuple[str, str, set[int]]:
    """(the text without hidden regions and autotests, the whole as Python, its hidden lines counted from 1)."""
    visible, whole, hidden, inside = [], [], set(), False
    for line in source.splitlines():
        if "BEGIN HIDDEN TESTS" in line or "END HIDDEN TESTS" in line:
            inside = "BEGIN" in line
            whole.append("")
            continue
        auto = AUTOTEST_LINE.match(line)
        whole.append(f"{auto[1]}{AUTOTEST}({', '.join(_snippets(auto[2]))})" if auto else line)
        if inside:
            hidden.add(len(whole))
        elif not auto:
            visible.append(line)
    return "\n".join(visible), "\n".join(whole), hidden


def _snippets(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]


def _fresh(body: list[ast.stmt]) -> list[ast.stmt]:
    """The statements anew, with their line numbers: a reader may change what it reads."""
    tree = ast.parse(ast.unparse(ast.Module(body, [])))
    for new, old in zip(ast.walk(tree), ast.walk(ast.Module(body, [])), strict=False):
        if isinstance(new, ast.stmt) and isinstance(old, ast.stmt):
            new.lineno = old.lineno
    return tree.body


def _near(probe: Probe) -> bool:
    """Whether the solution's own value is so near to the teacher's that either may be compared with."""
    rtol, atol = probe.rules.rtol * CLOSE_ENOUGH, probe.rules.atol * CLOSE_ENOUGH
    return probe.own is not None and compare(probe.value, probe.own, rtol, atol) is None


def _spreads(probe: Probe) -> bool:
    """Whether the teacher's value is compared with each entry of the solution's, as NumPy does it."""
    own, wanted = decode(probe.own or {}), decode(probe.value)
    if own is None or wanted is None or own.shape == wanted.shape:
        return False
    try:
        return np.broadcast_shapes(own.shape, wanted.shape) == own.shape
    except ValueError:
        return False


def _kind(value: dict[str, Any]) -> str:
    """The kind that `check.exists` looks for."""
    array = decode(value)
    if array is not None:
        return {"f": "float", "i": "int", "b": "bool", "c": "complex"}[array.dtype.kind] if not array.ndim else ""
    return {"list": "[list, tuple]", "dict": "dict", "text": "str"}.get(str(value.get("kind")), "")
