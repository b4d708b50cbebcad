"""One probe: what a student's run emitted beside what the reference did, under the reference's rules.

Of a student's run a name and a value are believed, and nothing else: any JSON may be there.
"""

from typing import Any

import numpy as np
from nbformat.notebooknode import NotebookNode

from coursework.core.probes import Emission, Misconception, Probe, Rules
from coursework.core.verdicts import Finding
from coursework.judging import own_checks
from coursework.judging.causes import UNANSWERED
from coursework.judging.values import compare, decode, exceeded, scalar, well_formed
from coursework.notebook.wire import PROBE_MIME

# What is said where a clause of `check.call` is broken; {} is the argument or part in question.
CLAUSES = {
    "arguments": "it changes what it was given ({})",
    "again": "a second call with the same arguments gives another result",
    "model": "it does not leave things as they were ({})",
    "fresh": "its results share memory {}, so that changing one changes the other",
    "loop": "its steps grow with the number of samples: it loops over them",
}
CUT_OFF = 3  # the rung of a probe that was not emitted, and nothing says why


Emitted = dict[str, Emission | None]  # name of a probe → what was emitted; None where that is not believed


def probe_records(cell: NotebookNode) -> list[dict[str, Any]]:
    """The probe records among a cell's outputs, malformed ones dropped, malformed values named as such.

    The process that emitted them may be a student's: any JSON may stand there.
    """
    found = []
    for output in cell.get("outputs", []):
        data = output.get("data") if output.get("output_type") == "display_data" else None
        record = data.get(PROBE_MIME) if isinstance(data, dict) else None
        if isinstance(record, dict) and isinstance(record.get("name"), str) and isinstance(record.get("value"), dict):
            found.append(record | {"value": well_formed(record["value"])})
    return found


def emissions(cell: NotebookNode) -> list[Emission]:
    """What a student's run of a cell emitted."""
    return [Emission(record["name"], record["value"]) for record in probe_records(cell)]


def emitted_by(cell: NotebookNode) -> Emitted:
    emitted: Emitted = {}
    for emission in emissions(cell):
        # A name that is emitted twice is not believed at all.
        emitted[emission.name] = None if emission.name in emitted else emission
    return emitted


def judge_probe(
    reference: Probe,
    emission: Emission | None,
    stopped: str,
    misconception: Misconception | None = None,
    first: tuple[dict, dict] | None = None,
) -> Finding:
    """One probe: what the student's run emitted (None if nothing) under the rules of the `reference`.

    `misconception` is the known wrong answer that the whole cell matches, if there is one. `first` is, for a second
    call, what the first one gave: (the reference's value, the student's).
    """
    name, clause = reference.name, reference.clause
    if emission is None:
        if stopped == UNANSWERED:
            return Finding(name, 0.0, f"{_called(reference)}: {UNANSWERED}.", 2, clause=clause)
        why = stopped or "the test was cut off before it"
        return Finding(name, 0.0, f"{_called(reference)}: not run, {why}.", 4 if stopped else CUT_OFF, clause=clause)
    fraction, problem = decided(reference, emission.value, first)
    if problem is None:
        return Finding(name, fraction, clause=clause)
    rung, text = problem
    if fraction == 0 and misconception is not None and name in misconception.values:
        said = f"{_called(reference)}: {misconception.sentence}"
        return Finding(name, 0.0, said, 9, misconception.file, clause)
    ending = "" if text.endswith(("?", ".")) else "."
    return Finding(name, fraction, f"{_called(reference)}: {text}{ending}", rung, clause=clause)


def _called(reference: Probe) -> str:
    """The name of a probe as a message has it, with what was called."""
    name = reference.name.removesuffix(f" [{reference.clause}]")
    return f"{name} ({reference.said})" if reference.said else name


def decided(reference: Probe, got: dict, first: tuple[dict, dict] | None) -> tuple[float, tuple[int, str] | None]:
    """(fraction of the points, (rung, what is wrong) or None)."""
    rules = reference.rules
    if rules.check:
        fraction, problem = own_checks.decided(reference, got)
    elif rules.bands or rules.between:
        fraction, problem = _judge_number(rules, got)
    elif rules.at_most:
        problem = exceeded(reference.value, got)
        fraction = float(problem is None)
    else:
        want = reference.value
        if first is not None and compare(first[0], want, rules.rtol, rules.atol) is None:
            want = first[1]  # the reference's second call gives what its first one did: so must the student's
        problem = compare(want, got, rules.rtol, rules.atol)
        fraction = float(problem is None)
    if problem is None:
        return fraction, None
    rung, text = problem
    told = CLAUSES.get(reference.clause, "")
    if "{}" in told and not reference.name.endswith(f" [{reference.clause}]"):
        told = ""  # a probe of its own, whose value does not begin with the part in question
    if told and got.get("kind") != "raised":
        text, rung = told.format(text.partition(": ")[0]), 7
    elif (law := reference.law) and text != UNANSWERED:  # whoever has not begun need not be told what is asked for
        truth = decode(reference.value)
        alone = truth is not None and truth.dtype.kind == "b" and got.get("kind") == "array"
        text = f"this does not hold: {law.rstrip('.')}" if alone else f"{text}. What is asked for: {law.rstrip('.')}"
    return fraction, (rung, text)


def _judge_number(rules: Rules, got: dict) -> tuple[float, tuple[int, str] | None]:
    array = decode(got)
    if array is None or array.ndim or array.dtype.kind not in "fi" or not np.isfinite(array):
        return 0.0, (5, (compare(scalar(np.float64(0)), got, 1.0, 0.0) or (5, "no finite number"))[1])
    value = float(array)
    if rules.between:
        low, high = rules.between
        right = low <= value <= high
        return float(right), None if right else (7, f"{value:.4g} is not between {low:.4g} and {high:.4g}")
    for threshold, fraction in rules.bands:
        if value >= threshold:
            note = None if fraction == 1 else (7, f"{value:.4g} reaches the band from {threshold:.4g} on")
            return float(fraction), note
    return 0.0, (7, f"{value:.4g} is below the lowest band, {rules.bands[-1][0]:.4g}")


def first_call(reference: Probe, references: list[Probe], emitted: Emitted) -> tuple[dict, dict] | None:
    """For a second call what the first one gave: (the reference's value, the student's)."""
    mine = emitted.get(reference.rules.same_as)
    wanted = [r.value for r in references if r.name == reference.rules.same_as]
    return (wanted[0], mine.value) if wanted and mine else None
