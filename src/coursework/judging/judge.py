"""Decide, outside the student's process, what each test cell is worth: its probes' values beside the reference's.

Nothing that stands in a submission (outputs, metadata, tags) is believed: a probe's record is read only from the
outputs of the grading run, all rules come from the reference's emission, and before nbgrader reads a score, the
outputs of each test cell are replaced by one plain float and a message.
"""

import math

from nbformat import from_dict, v4
from nbformat.notebooknode import NotebookNode

from coursework.core.cells import grade_id_of, is_test, item_of
from coursework.core.probes import Misconception, Probe
from coursework.core.text import for_staff, for_students
from coursework.core.verdicts import CellVerdict, Finding
from coursework.judging import asserts
from coursework.judging.causes import error_text, failed_answers
from coursework.judging.misconceptions import recognise, shared, withdraw
from coursework.judging.probe import emitted_by, first_call, judge_probe


def judge_cell(
    cell: NotebookNode, references: list[Probe], stopped: str, misconceptions: list[Misconception], shown: int = 0
) -> CellVerdict:
    """The verdict on one test cell. `stopped` says why the run ended before or in this cell, if it did.

    The first `shown` outputs are those of the visible part. What the student's process says later is for staff.
    """
    points = float(cell.metadata.nbgrader.points)
    verdict = CellVerdict(points)
    emitted = emitted_by(cell)
    errors = [(o, at < shown) for at, o in enumerate(cell.outputs) if o.output_type == "error"]
    visible = next((str(o.evalue)[:300] for o, seen in errors if o.ename == "CheckFailed" and seen), "")
    if not stopped:
        stopped = next((error_text(o, seen) for o, seen in errors if not (o.ename == "CheckFailed" and seen)), "")
    misconception = recognise([r for r in references if not r.rules.asserts], emitted, misconceptions)
    for reference in references:
        if reference.rules.asserts:
            verdict.checks.append(_asserted(cell, reference, shown, stopped if not errors else ""))
            continue
        first = first_call(reference, references, emitted)
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
            told = f"the cell of your answer failed: {failure}"
            verdict.message, verdict.staff = for_students(told), for_staff(told)
        verdicts[grade_id] = verdict
    withdraw(verdicts, misconceptions)
    for cell in nb.cells:
        if is_test(cell) and grade_id_of(cell) in verdicts:
            write_score(cell, verdicts[grade_id_of(cell)])
    return verdicts


def _overwritten(names: dict[str, list[str]]) -> dict[str, str]:
    told = {cell: ", ".join(f"`{name}`" for name in found[:5]) for cell, found in names.items()}
    why = "another meaning, or none, which spoils answers; graded without"
    return {cell: f"it gives {name} {why}" for cell, name in told.items()}


def write_score(cell: NotebookNode, verdict: CellVerdict) -> None:
    """Let the cell's outputs be the message and one plain float, which nbgrader reads."""
    message = {"output_type": "display_data", "metadata": {}, "data": {"text/plain": verdict.message}}
    score = {"output_type": "execute_result", "metadata": {}, "data": {"text/plain": repr(float(verdict.score))}}
    # v4.new_output would check each against nbformat's schema; the notebook is checked when it is written.
    cell.outputs = [from_dict(message), from_dict(score | {"execution_count": 1})]
