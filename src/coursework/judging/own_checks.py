"""Checks of other packages: how values are compared that no tolerance, range or band can judge (docs/extending.md).

A package names an instance of `Check` by an entry point of the group `coursework.checks`. A probe whose rules are
`{"check": NAME, "options": {…}}` is decided by it, in the grader's process: the values come decoded, and what the
student's process made of them is no more than numbers, texts, lists and dictionaries.
"""

import inspect
import math
from typing import Any

from coursework.core.added import added
from coursework.core.course import StaffError
from coursework.core.probes import Probe
from coursework.core.records import nearest
from coursework.core.text import aside
from coursework.judging.values import compare, decode, unjudgeable

GROUP = "coursework.checks"
Problem = tuple[int, str]  # rung of the ladder, what is wrong


class Check:
    """A way to compare. One instance serves a whole class: it keeps nothing between two calls."""

    def decide(self, want: Any, got: Any, options: dict[str, Any]) -> tuple[float, str]:
        """What a student's value is worth.

        Args:
            want: The reference solution's value: a NumPy array (a number has no axes), a text, None, or a list or
                dictionary of these.
            got: The student's value, likewise. It is hostile: of any shape and size that the wire lets through.
            options: What the notebook's call put into the probe's rules.

        Returns:
            (fraction of the points, 0 to 1; what is wrong, one sentence for the student, which must not tell the
            value that is wanted: "" where all is right).
        """
        raise NotImplementedError


def known(name: str) -> Check:
    """The check of this name. Raises StaffError when no installed package adds it."""
    found = added(GROUP, Check)
    if name not in found:
        have = nearest(name, list(found)) if found else "no installed package adds any"
        raise StaffError(f"a probe asks for the check {name!r}, which is not there ({GROUP}): {have}")
    check: Check = found[name]
    return check


def decided(reference: Probe, got: dict) -> tuple[float, Problem | None]:
    """(fraction of the points, what is wrong or None), for a probe whose rules name a check."""
    if got.get("kind") == "raised" or unjudgeable(got):
        return 0.0, compare(reference.value, got, 0.0, 0.0) or (5, "it cannot be compared")
    try:
        fraction, said = _asked(reference, got)
    except StaffError:
        raise
    except Exception as error:  # whatever a student's value does to another package's code
        return 0.0, (5, f"it cannot be compared{aside(f' ({type(error).__name__}: {str(error)[:200]})')}")
    return fraction, None if fraction == 1 else (10, said or "it is not right")


def fault(reference: Probe) -> str:
    """Why a check cannot judge this probe: it does not even accept the reference's own value; "" when it can."""
    name, value = reference.rules.check, reference.value
    if value.get("kind") == "raised":
        return f"the solution raises {value.get('type')} in {reference.name!r}, which the check {name!r} cannot judge"
    try:
        fraction, said = _asked(reference, value)
    except StaffError as error:
        return str(error)
    except Exception as error:
        return f"the check {name!r} fails on the solution's own {reference.name!r}: {type(error).__name__}: {error}"
    return "" if fraction == 1 else f"the check {name!r} does not accept the solution's own {reference.name!r}: {said}"


def _asked(reference: Probe, got: dict) -> tuple[float, str]:
    """What the check says. Raises ValueError when that is not what a check may say."""
    answer = known(reference.rules.check).decide(plain(reference.value), plain(got), dict(reference.rules.options))
    if not (isinstance(answer, tuple) and len(answer) == 2 and isinstance(answer[1], str)):
        raise ValueError(f"it returned {answer!r:.80}, not (a fraction, a sentence)")
    fraction = float(answer[0])
    if not (math.isfinite(fraction) and 0 <= fraction <= 1):
        raise ValueError(f"it returned the fraction {fraction}, which is not between 0 and 1")
    return fraction, answer[1].strip()


def plain(value: dict) -> Any:
    """A well-formed value of the wire as Python has it: NumPy arrays, texts, None, lists, dictionaries."""
    kind = value.get("kind")
    if kind == "array":
        return decode(value)
    if kind == "list":
        return [plain(item) for item in value["items"]]
    if kind == "dict":
        return {name: plain(item) for name, item in value["items"].items()}
    return value["value"] if kind == "text" else None


def text_of(probes: list[Probe]) -> list[str]:
    """The code that decides these probes, for the key under which a proof's results are kept."""
    names = sorted({p.rules.check for p in probes if p.rules.check})
    return [inspect.getsource(inspect.getmodule(type(known(name))) or type(known(name))) for name in names]
