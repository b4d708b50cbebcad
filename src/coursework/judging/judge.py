"""Decide, outside the student's process, what each test cell is worth: its probes' values beside the reference's.

Nothing that stands in a submission (outputs, metadata, tags) is believed: a probe's record is read only from the
outputs of the grading run, all rules come from the reference's emission, and before nbgrader reads a score, the
outputs of each test cell are replaced by one plain float and a message.
"""

import math
from typing import Any

import numpy as np
from nbformat import v4
from nbformat.notebooknode import NotebookNode

from coursework.core.cells import grade_id_of, is_test, item_of
from coursework.core.probes import Emission, Misconception, Probe, Rules
from coursework.core.text import for_staff, for_students
from coursework.core.verdicts import CellVerdict, Finding
from coursework.judging import asserts
from coursework.judging.causes import error_text, failed_answers
from coursework.judging.values import compare, decode, exceeded, scalar, signature_matches, well_formed
from coursework.notebook.wire import PROBE_MIME

# What is said where a clause of `check.call` is broken; {} is the argument or part in question.
CLAUSES = {
    "arguments": "it changes what it was given ({})",
    "again": "a second call with the same arguments gives another result",
    "model": "it does not leave things as they were ({})",
    "fresh": "its results share memory {}, so that changing one changes the other",
    "loop": "its steps grow with the number of samples: it loops over them",
}


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


def _emitted(cell: NotebookNode) -> Emitted:
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
        why = stopped or "the test was cut off before it"
        return Finding(name, 0.0, f"{_called(reference)}: not run, {why}.", 4 if stopped else 3, clause=clause)
    fraction, problem = _decided(reference, emission.value, first)
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


def _decided(reference: Probe, got: dict, first: tuple[dict, dict] | None) -> tuple[float, tuple[int, str] | None]:
    """(fraction of the points, (rung, what is wrong) or None)."""
    rules = reference.rules
    if rules.bands or rules.between:
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
    elif law := reference.law:
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


def recognise(references: list[Probe], emitted: Emitted, misconceptions: list[Misconception]) -> Misconception | None:
    """The known wrong answer that emitted what this one did, in every probe where that one was wrong, and nowhere else
    anything wrong: its name is a claim."""
    wrong = _wrong(references, emitted)
    return next((m for m in misconceptions if _shared(references, emitted, m, wrong)), None)


def _shared(references: list[Probe], emitted: Emitted, misconception: Misconception, wrong: set[str]) -> bool:
    rules = {r.name: r.rules for r in references}
    known = {name: value for name, value in misconception.values.items() if name in rules}
    if not known or not wrong <= set(misconception.wrong):
        return False
    got = {name: one.value for name in known if (one := emitted.get(name))}
    return all(signature_matches(known[n], got.get(n), rules[n]) for n in known)


def shared(
    nb: NotebookNode, reference: dict[str, list[Probe]], misconceptions: dict[str, list[Misconception]]
) -> dict[str, list[Misconception]]:
    """grade_id → the misconceptions that the answer of `nb` shares in every test of the item that they fail.

    A stored inverse has no gradient and is out of date: an answer with one of the two faults is not told of both.
    """
    fails: dict[str, list[bool]] = {}  # file → for each test here that it fails: whether the answer fails it alike
    for cell in [c for c in nb.cells if is_test(c) and grade_id_of(c) in misconceptions]:
        probes = [r for r in reference.get(grade_id_of(cell), []) if not r.rules.asserts]
        emitted = _emitted(cell)
        wrong = _wrong(probes, emitted)
        for entry in [m for m in misconceptions[grade_id_of(cell)] if m.values]:
            fails.setdefault(entry.file, []).append(_shared(probes, emitted, entry, wrong))
    return {
        grade_id: [m for m in entries if m.values and all(fails.get(m.file, []))]
        for grade_id, entries in misconceptions.items()
    }


def _wrong(references: list[Probe], emitted: Emitted) -> set[str]:
    return {r.name for r in references if _is_wrong(r, emitted, references)}


def _is_wrong(reference: Probe, emitted: Emitted, references: list[Probe]) -> bool:
    mine = emitted.get(reference.name)
    return mine is None or _decided(reference, mine.value, _first(reference, references, emitted))[0] < 1


def _first(reference: Probe, references: list[Probe], emitted: Emitted) -> tuple[dict, dict] | None:
    """For a second call what the first one gave: (the reference's value, the student's)."""
    mine = emitted.get(reference.rules.same_as)
    wanted = [r.value for r in references if r.name == reference.rules.same_as]
    return (wanted[0], mine.value) if wanted and mine else None


def judge_cell(
    cell: NotebookNode, references: list[Probe], stopped: str, misconceptions: list[Misconception], shown: int = 0
) -> CellVerdict:
    """The verdict on one test cell. `stopped` says why the run ended before or in this cell, if it did.

    The first `shown` outputs are those of the visible part. What the student's process says later is for staff.
    """
    points = float(cell.metadata.nbgrader.points)
    verdict = CellVerdict(points)
    emitted = _emitted(cell)
    errors = [(o, at < shown) for at, o in enumerate(cell.outputs) if o.output_type == "error"]
    visible = next((str(o.evalue)[:300] for o, seen in errors if o.ename == "CheckFailed" and seen), "")
    if not stopped:
        stopped = next((error_text(o, seen) for o, seen in errors if not (o.ename == "CheckFailed" and seen)), "")
    misconception = recognise([r for r in references if not r.rules.asserts], emitted, misconceptions)
    for reference in references:
        if reference.rules.asserts:
            verdict.checks.append(_asserted(cell, reference, shown, stopped if not errors else ""))
            continue
        first = _first(reference, references, emitted)
        verdict.checks.append(judge_probe(reference, emitted.get(reference.name), stopped, misconception, first))
    fraction = min((f.fraction for f in verdict.checks), default=0.0)
    score = points * fraction
    verdict.score = round(min(max(score, 0.0), points), 4) if math.isfinite(score) else 0.0
    failed = [f for f in verdict.checks if f.fraction < 1]
    if not references:
        verdict.message = "" if points == 0 else "no check in this cell: tell the staff"
    elif not failed:
        verdict.message = "all checks passed"
    else:
        # A recognised misconception says most; then what the visible check said already; then the lowest rung.
        lowest = min(failed, key=lambda f: (f.rung != 9, f.rung or 11))
        verdict.message = visible if visible and lowest.rung != 9 else lowest.message
    said: list[CellVerdict | Finding] = [verdict, *verdict.checks]
    for one in said:
        whole, one.message = one.message, for_students(one.message)
        one.staff = for_staff(whole) if whole != one.message else ""
    return verdict


def _asserted(cell: NotebookNode, reference: Probe, shown: int, stopped: str) -> Finding:
    fraction, problem = asserts.decided(cell, reference.rules, shown, stopped)
    rung, text = problem or (None, "")
    return Finding(reference.name, fraction, text, rung)


def judge_notebook(
    nb: NotebookNode,
    reference: dict[str, list[Probe]],
    misconceptions: dict[str, list[Misconception]],
    refused: dict[str, str] | None = None,
) -> dict[str, CellVerdict]:
    """Verdicts of all test cells by grade_id; replaces their outputs by one plain float and the message.

    `refused` answers earn nothing, whatever they emitted; one without tests of its own spoils all tests below it, as
    names are shared.
    """
    failed = failed_answers(nb)
    alike = shared(nb, reference, misconceptions)
    items = {item_of(grade_id_of(c)) for c in nb.cells if is_test(c) and c.metadata.nbgrader.points}
    above = ""
    run = nb.metadata.get("coursework_run", {})
    stopped = run.get("stopped") or {}
    reached = stopped.get("cell") is None
    order = [cell.id for cell in nb.cells]
    end = order.index(stopped["cell"]) if stopped.get("cell") in order else len(order)
    verdicts: dict[str, CellVerdict] = {}
    for position, cell in enumerate(nb.cells):
        if not is_test(cell):
            answer = grade_id_of(cell)
            if not above and answer not in items and (reason := (refused or {}).get(answer)):
                above = f"cell {answer}, {reason}"
            continue
        grade_id = cell.metadata.nbgrader.grade_id
        why = run.get("cells", {}).get(cell.id, "")
        if stopped and (position >= end or (reached and not cell.get("execution_count"))):
            where = "here" if position == end else f"in {stopped.get('cell')}"
            why = f"the run ended {where}: {stopped.get('reason')}"
        shown = int(run.get("visible", {}).get(cell.id, 0))
        verdict = judge_cell(cell, reference.get(grade_id, []), why, alike.get(grade_id, []), shown)
        if cell.id in run.get("again", {}):
            # A second run, in which what the student's own cells overwrite was put back: the better one counts.
            other = v4.new_code_cell(cell.source, metadata=cell.metadata, outputs=run["again"][cell.id])
            undone = judge_cell(other, reference.get(grade_id, []), why, misconceptions.get(grade_id, []))
            if undone.score > verdict.score:
                verdict = undone
                run.setdefault("cells", {}).update(_overwritten(run.get("overwritten", {})))
        reason = (refused or {}).get(item_of(grade_id), above)
        if reason and verdict.checks:
            verdict.score, verdict.message = 0.0, f"refused: {reason}"
            verdict.checks = [Finding(f.name, 0.0, verdict.message, 7) for f in verdict.checks]
        failure = failed.get(item_of(grade_id))
        if failure and verdict.checks and verdict.score < verdict.points and not reason:
            verdict.message = f"the cell of your answer failed: {failure}"
        verdicts[grade_id] = verdict
    _withdraw(verdicts, misconceptions)
    for cell in nb.cells:
        if is_test(cell) and grade_id_of(cell) in verdicts:
            write_score(cell, verdicts[grade_id_of(cell)])
    return verdicts


def _withdraw(verdicts: dict[str, CellVerdict], misconceptions: dict[str, list[Misconception]]) -> None:
    """Take a misconception's name back where another test of the item fails in a way that it does not explain."""
    for grade_id, verdict in verdicts.items():
        for finding in [f for f in verdict.checks if f.misconception]:
            for other, theirs in verdicts.items():
                wrong = {f.name for f in theirs.checks if f.fraction < 1}
                if other == grade_id or item_of(other) != item_of(grade_id) or not wrong:
                    continue
                known = [m for m in misconceptions.get(other, []) if m.file == finding.misconception]
                if not known or not wrong <= set(known[0].wrong):
                    finding.misconception, finding.rung = None, 10
                    finding.message = f"{finding.message.partition(': ')[0]}: the value is not right."
                    verdict.message = finding.message
                    break


def _overwritten(names: dict[str, list[str]]) -> dict[str, str]:
    told = {cell: ", ".join(f"`{name}`" for name in found[:5]) for cell, found in names.items()}
    return {
        cell: f"it gives {name} another meaning, which spoils answers; graded without" for cell, name in told.items()
    }


def write_score(cell: NotebookNode, verdict: CellVerdict) -> None:
    """Let the cell's outputs be the message and one plain float, which nbgrader reads."""
    score = v4.new_output("execute_result", {"text/plain": repr(float(verdict.score))}, execution_count=1)
    cell.outputs = [v4.new_output("display_data", {"text/plain": verdict.message}), score]
