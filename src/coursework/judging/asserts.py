"""Tests that asserts decide, as in plain nbgrader: no error is all points, a number in the last line is the points.

The student's process decides these, so a submission can forge them; a course allows them by the setting `assert_tests`,
and they are named where the course is released, proven and reported. What is said of a failed one: in the visible part
the assert and its message; in the hidden part a message only if the teacher wrote it there word for word.
"""

import ast
import math
import re

from nbformat.notebooknode import NotebookNode

from coursework.core.probes import Probe, Rules
from coursework.core.text import aside
from coursework.judging.causes import error_text

NAME = "its asserts"  # in the place of a probe's name
NUMBER = re.compile(r"(?:np\.\w+\()?(-?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)\)?")


def returned(cell: NotebookNode) -> float | None:
    """The number that the cell's last line showed; None where it showed none."""
    results = [o for o in cell.get("outputs", []) if o.output_type == "execute_result"]
    text = results[-1].get("data", {}).get("text/plain", "") if results else ""
    match = NUMBER.fullmatch(text.strip()) if isinstance(text, str) and len(text) < 60 else None
    return float(match[1]) if match else None


def record(cell: NotebookNode) -> Probe:
    """What the judge needs to know of such a test, from the run of the solution, in the place of a probe."""
    return Probe(name=NAME, value={"kind": "none"}, rules=Rules(asserts=True, points=returned(cell) is not None))


def decided(cell: NotebookNode, rules: Rules, shown: int, stopped: str) -> tuple[float, tuple[int, str] | None]:
    """(fraction of the points, (rung, what is said) or None) of one student's run.

    Args:
        cell: The test as it ran; its text is the course's own.
        rules: Those of the solution's record.
        shown: How many of the outputs are those of the visible part.
        stopped: Why the run ended before or in this cell, if it did.
    """
    if stopped:
        return 0.0, (4, f"not run, {stopped}.")
    errors = [(o, at < shown) for at, o in enumerate(cell.get("outputs", [])) if o.output_type == "error"]
    if errors:
        return 0.0, _said(cell, *errors[0])
    if not cell.get("execution_count"):
        return 0.0, (3, "not run.")
    if not rules.points:
        return 1.0, None
    points, got = float(cell.metadata.nbgrader.points), returned(cell)
    if got is None or not points:
        return 0.0, (5, "the test gave no points.")
    fraction = min(max(got / points, 0.0), 1.0) if math.isfinite(got) else 0.0
    return fraction, None if fraction == 1 else (7, f"{fraction * points:g} of {points:g} points.")


def _said(cell: NotebookNode, error: NotebookNode, visible: bool) -> tuple[int, str]:
    """(rung, what is said) of the error that ended a part of the test."""
    kind, text = str(error.ename), str(error.evalue).strip()
    if kind == "NotImplementedError":
        return 2, "not answered yet."
    mixed = "HIDDEN TESTS" in cell.source and not re.search(r"^### BEGIN HIDDEN TESTS$", cell.source, re.M)
    seen = visible and not mixed
    if kind != "AssertionError":
        return 3, f"{error_text(error, seen)}."
    if seen:
        line = _line(cell, error)
        told = text.split("\n")[0][:300] or "it does not hold"
        return 7, f"{told.rstrip('.')}{f' (`{line}`)' if line else ''}."
    if text and text in messages(cell.source):
        return 7, text
    return 7, f"a hidden assertion does not hold{aside(f': {text[:300]}') if text else ''}."


def _line(cell: NotebookNode, error: NotebookNode) -> str:
    """The line of the test that failed, by its number in the traceback."""
    trace = re.sub(r"\x1b\[[0-9;]*m", "", "\n".join(str(line) for line in error.get("traceback", [])))
    number = re.search(r"^-+> ?(\d+) ", trace, re.M)
    lines = dict(enumerate(cell.source.splitlines(), 1))
    return lines.get(int(number[1][:6]), "").strip()[:120] if number else ""


def messages(source: str) -> set[str]:
    """The messages that a teacher wrote into asserts and raises, as far as they are plain texts."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return set()
    nodes = list(ast.walk(tree))
    said = [n.msg for n in nodes if isinstance(n, ast.Assert) and n.msg is not None]
    said += [a for n in nodes if isinstance(n, ast.Raise) and isinstance(n.exc, ast.Call) for a in n.exc.args]
    return {n.value.strip() for n in said if isinstance(n, ast.Constant) and isinstance(n.value, str)}
