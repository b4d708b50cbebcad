"""Prove that the tests accept every right answer and reject every known mistake, each with exactly its score.

Every answer of the bank goes into the released notebook, runs in the sandbox with the set-up, the item's own cells and
what they depend on, and is judged and scored like a submission. So do the blank notebook (0), the source (all points)
and the mutants of the reference solutions (less than all, or listed as equivalent). Where an item has no points, the
score of an answer is the fraction of its checks: 1 for a right one. Each clause of an item's contract must have a wrong
answer that breaks it alone (`clauses`). What has not changed since the last proof is read from its record (`record`).
"""

from collections.abc import Callable
from functools import partial
from typing import Any

import nbformat
from nbformat.notebooknode import NotebookNode
from nbgrader.utils import determine_grade

from coursework.authoring.contracts import faults
from coursework.core.cells import chosen, grade_id_of, is_asserted, is_given, is_test, skipped
from coursework.core.course import Course, StaffError, read_notebook
from coursework.core.files import read_json, write_json, write_whole
from coursework.core.probes import Misconception, Probe
from coursework.core.verdicts import CellVerdict
from coursework.judging import asserts, drawn, proof
from coursework.judging.judge import judge_notebook
from coursework.judging.policy import refusals
from coursework.judging.probe import emissions
from coursework.judging.reference import clauses as clauses_of
from coursework.judging.reference import notebook, probes_of, reference, task, with_sentences
from coursework.judging.values import signature
from coursework.proving import clauses, record
from coursework.proving.cases import cases, items
from coursework.proving.matrix import WHOLE, Case, Proof, Result
from coursework.sandbox.engines import run_all
from coursework.sandbox.tasks import unpacked


def judged(
    nb: NotebookNode,
    case: Case,
    known: dict[str, list[Probe]],
    misconceptions: dict[str, list[Misconception]],
    source: NotebookNode,
) -> dict[str, CellVerdict]:
    """Verdicts of one executed case; fills in its result, with the score by nbgrader's own rule."""
    emitted = {grade_id_of(c): {asserts.NAME, *(e.name for e in emissions(c))} for c in nb.cells if is_test(c)}
    looked_at = [c for c in nb.cells if c.id not in case.apart and (is_test(c) or (case.everything and is_given(c)))]
    told = {grade_id_of(c): _complaint(c) for c in looked_at}
    refused = refusals(source, nb)
    verdicts = judge_notebook(nb, known, misconceptions, refused)
    got = sum(float(determine_grade(c)[0] or 0) for c in nb.cells if is_test(c) and c.id not in case.apart)
    if not case.points:
        got = min((f.fraction for v in verdicts.values() for f in v.checks), default=0.0)
    failed = [v for v in verdicts.values() if any(f.fraction < 1 for f in v.checks)]
    file = f"{case.item}/{case.name}"
    named = any(f.misconception == file for v in verdicts.values() for f in v.checks)
    if case.misconception and not named:  # another answer with the very same values may speak for it
        named = any(case.misconception in f.message for v in verdicts.values() for f in v.checks)
    case.result = Result(
        got,
        seconds=nb.metadata.coursework_run.wall,
        message=(failed[0].staff or failed[0].message) if failed else "",
        named=named,
        broken={} if case.item in refused else clauses.broken(verdicts, emitted),
        faults=[f"{grade_id} ends with {why}" for grade_id, why in told.items() if why] if case.right else [],
    )
    case.fresh = True
    return verdicts


def _complaint(cell: NotebookNode) -> str:
    """What a cell's run ended with, that of a test in its visible or its hidden part; "" when it went well."""
    return next((f"{o.ename}: {str(o.evalue)[:200]}" for o in cell.get("outputs", []) if o.output_type == "error"), "")


def signatures(
    executed: dict[int, NotebookNode],
    found: Proof,
    known: dict[int, dict[str, list[Probe]]],
    old: dict[str, list[Misconception]],
) -> dict[str, list[Misconception]]:
    """grade_id → what the wrong answers with a sentence emitted, in the probes where they were wrong.

    Args:
        executed: Runs of the cases that are judged now.
        found: All cases.
        known: Number of a case → what the reference emits.
        old: The same of the last proof, for cases that are not judged again.
    """
    misconceptions: dict[str, list[Misconception]] = {}
    still = {f"{c.item}/{c.name}": c for n, c in enumerate(found.cases) if c.misconception and n not in executed}
    for grade_id, entries in old.items():
        for entry in entries:
            if entry.file in still:
                misconceptions.setdefault(grade_id, []).append(entry)
    for number, case in enumerate(found.cases):
        if not case.misconception or number not in executed:
            continue
        nb = nbformat.from_dict(executed[number])
        emitted = {c.metadata.nbgrader.grade_id: emissions(c) for c in nb.cells if is_test(c)}
        for grade_id, verdict in judge_notebook(nb, known[number], {}).items():
            wrong = {f.name for f in verdict.checks if f.fraction < 1}
            values = {e.name: s for e in emitted[grade_id] if e.name in wrong and (s := signature(e.value))}
            if wrong:
                entry = Misconception(
                    file=f"{case.item}/{case.name}",
                    sentence=case.misconception,
                    values=values,
                    wrong=tuple(sorted(wrong)),
                )
                misconceptions.setdefault(grade_id, []).append(entry)
    for entries in misconceptions.values():  # the one that says most about its values is tried first
        entries.sort(key=lambda e: (-len(e.values), e.file))
    order = dict.fromkeys(grade_id for tests in known.values() for grade_id in tests)
    return {grade_id: misconceptions[grade_id] for grade_id in order if grade_id in misconceptions}


def moved_by_skipping(
    source: NotebookNode, executed: NotebookNode, known: dict[str, list[Probe]], skip: list[str]
) -> list[str]:
    """What is wrong with skipping: tests of `source` that emit something else in `executed`, without these cells."""
    asserted = {grade_id_of(c) for c in source.cells if is_asserted(c)}
    tests = {grade_id_of(c): probes_of(c, grade_id_of(c) in asserted) for c in executed.cells if is_test(c)}
    emitted = with_sentences(source, tests)
    return [
        f"{grade_id} emits something else when {', '.join(skip)} do not run: they are needed (coursework.skip)"
        for grade_id, probes in known.items()
        if emitted.get(grade_id) != probes
    ]


def named(course: Course, assignment: str, item: str) -> str:
    """The id of the item that somebody names, by its id or its label; raises StaffError when there is none."""
    return chosen(item, list(items(notebook(course, assignment))), assignment)


def prove(
    course: Course,
    assignment: str,
    with_mutants: bool = False,
    only: str | None = None,
    tell: Callable[[int, int], None] = lambda done, todo: None,
    fresh: bool = False,
) -> Proof:
    """Prove the bank and, when nothing but the whole of it was proven, write the record. What holds still is not run.
    A surprise that a limit has cut short runs twice, and again with the next proof: the record does not keep it.

    Args:
        course: With the source and the bank.
        assignment: Its id.
        with_mutants: Plant faults in the reference solutions, too.
        only: One item, by its id or the label of its question; then no record is written.
        tell: Called with (done, todo) after each run.
        fresh: Run everything again, whatever is on record.

    Raises StaffError when the reference itself fails, a notebook could not be run, a clause has no probe, or the
    notebook has no such item.
    """
    only = named(course, assignment, only) if only else None
    if problem := next(faults(read_notebook(course.source(assignment)), only), ""):
        raise StaffError(f"{assignment} cannot be proven: {problem}")
    known = reference(course, assignment, everything=True)
    drawn.prepare(course, assignment)
    rows = drawn.references(course, assignment)
    found = cases(course, assignment, with_mutants, only)
    if not found.cases:
        raise StaffError(f"nothing to prove: bank/{assignment}/ has no answers" + (f" for {only}" if only else ""))
    source = notebook(course, assignment)
    skip = sorted(skipped(source))
    runs = {number: record.run_key(course, case, skip) for number, case in enumerate(found.cases)}
    wanted = {n: drawn.of_row(known, rows, case.item, case.variant) for n, case in enumerate(found.cases)}
    keys = {n: record.result_key(runs[n], case, source, wanted[n]) for n, case in enumerate(found.cases)}
    old, before = ({}, {}) if fresh else _record_before(course, assignment)
    results = record.kept(old)
    for number, case in enumerate(found.cases):
        case.result = results.get(keys[number])
    executed: dict[int, NotebookNode] = {}
    for last in (False, True):
        executed |= _run(course, found, runs, skip, fresh or last, tell)
        misconceptions = signatures(executed, found, wanted, before)
        for number, case in enumerate(found.cases):
            if number not in executed:
                continue
            told = drawn.of_rows(misconceptions, {case.item: case.variant})
            judged(nbformat.from_dict(executed[number]), case, wanted[number], told, source)
            case.cut_short = _cut_short(executed[number])
            if skip and (case.item, case.name) == (WHOLE, "source") and case.result:
                case.result.faults += moved_by_skipping(source, executed[number], known, skip)
        late = [case for case in found.cases if case.cut_short and not case.ok]
        if last or not late:
            break
        for case in late:  # perhaps the machine was too busy: once more, now that the others are done
            case.result = None
    proven = [item for item in items(source) if not only or item == only]
    contracts = clauses_of(source)
    found.clauses = clauses.table(found.cases, contracts)
    found.problems += drawn.problems(course, assignment, known)
    found.problems += clauses.problems(found.cases, contracts, known, proven) + clauses.unsaid(known, proven)
    if not only:
        write_whole(course.proof(assignment), record.text(record.made(course, found, keys, misconceptions)))
    return found


def _record_before(course: Course, assignment: str) -> tuple[dict[str, Any], dict[str, list[Misconception]]]:
    """(the record that this proof replaces, its misconceptions); nothing where they cannot be read."""
    try:
        return proof.load(course, assignment), proof.misconceptions(course, assignment)
    except StaffError:
        return {}, {}


def _cut_short(nb: NotebookNode) -> bool:
    """Whether a limit ended the run or one of its cells: the same answer may do well on a machine that is less busy."""
    run = nb.metadata.coursework_run
    return bool(run.stopped or run.cells)


def _run(
    course: Course,
    found: Proof,
    runs: dict[int, str],
    skip: list[str],
    fresh: bool,
    tell: Callable[[int, int], None],
) -> dict[int, NotebookNode]:
    """Number of a case that has no result yet → its executed notebook, run now or kept from an earlier time."""
    executed: dict[int, NotebookNode] = {}
    makers = {}
    todo = [number for number, case in enumerate(found.cases) if case.result is None]
    for number in todo:
        case, cached = found.cases[number], None if fresh else read_json(course.state(f"proved/{runs[number]}.json"))
        if cached and not _cut_short(nbformat.from_dict(cached)):
            executed[number] = nbformat.from_dict(cached)
        else:
            makers[str(number)] = partial(task, course, case.nb, skip=record.left_out(case, skip))
    tell(len(executed), len(todo))
    for name, answer in run_all(course, makers):
        number = int(name)
        if answer["error"]:
            raise StaffError(f"{found.cases[number].item}/{found.cases[number].name}: {answer['error']}")
        executed[number] = unpacked(answer["notebook"])
        write_json(course.state(f"proved/{runs[number]}.json"), executed[number])
        tell(len(executed), len(todo))
    return executed
