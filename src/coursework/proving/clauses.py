"""Contracts clause by clause: which wrong answers of the bank break which clause, and what no clause announces.

A clause of which no wrong answer breaks it and nothing else is not shown to be tested: the answers that break it might
be caught by other probes. A test that takes points by probes of clauses that the item does not list demands what the
question does not say. Both are failures of a proof.
"""

from collections.abc import Iterable

from coursework.core.cells import item_of
from coursework.core.probes import Probe
from coursework.core.verdicts import CellVerdict
from coursework.judging.values import decode
from coursework.proving.matrix import Case

NOT_RUN = ""  # in place of a clause: a probe that was not emitted


def broken(verdicts: dict[str, CellVerdict], emitted: dict[str, set[str]]) -> dict[str, list[str]]:
    """grade_id of a test → the clauses that its wrong probes stand for.

    Args:
        verdicts: What the judge says of an answer.
        emitted: grade_id of a test → the names of the probes that the answer's run emitted. The others are `NOT_RUN`.
    """
    found = {}
    for grade_id, verdict in verdicts.items():
        wrong = [f for f in verdict.checks if f.fraction < 1]
        clauses = {f.clause if f.name in emitted.get(grade_id, set()) else NOT_RUN for f in wrong}
        if clauses:
            found[grade_id] = sorted(clauses)
    return found


def announced(clauses: dict[str, dict[str, str]], item: str) -> set[str]:
    """The clauses that the item lists; the value alone where it lists none."""
    return set(clauses.get(item, ())) or {"value"}


def table(cases: Iterable[Case], clauses: dict[str, dict[str, str]]) -> dict[str, dict[str, list[str]]]:
    """item → clause → the wrong answers that break this clause and no other."""
    found: dict[str, dict[str, list[str]]] = {}
    for case in cases:
        if not case.of_bank:
            continue
        row = found.setdefault(case.item, {clause: [] for clause in sorted(announced(clauses, case.item))})
        here = {clause for found in (case.result.broken if case.result else {}).values() for clause in found}
        if not case.right and len(here) == 1 and (only := here.pop()) in row:
            row[only].append(case.name)
    return found


def problems(
    cases: Iterable[Case],
    clauses: dict[str, dict[str, str]],
    reference: dict[str, list[Probe]],
    items: Iterable[str],
) -> list[str]:
    """What is wrong with the contracts of these items, one sentence each.

    Args:
        cases: With their results.
        clauses: item → clause → its sentence.
        reference: What the reference emits, for each test.
        items: Those that were proven.
    """
    found, cases = [], list(cases)
    killers = table(cases, clauses)
    for item in items:
        probed = {p.clause for grade_id, probes in reference.items() if item_of(grade_id) == item for p in probes}
        for clause, names in killers.get(item, {}).items():
            if clause not in probed:
                found.append(f"{item}: no probe looks at the clause {clause!r}")
            elif not names:
                found.append(f"{item}: no wrong answer breaks the clause {clause!r} alone")
        for case in cases:
            for grade_id, here in (case.result.broken if case.result and case.item == item else {}).items():
                told = set(here) & (announced(clauses, item) | {NOT_RUN})
                if case.of_bank and not told:
                    found.append(
                        f"{item}/{case.name}: {grade_id} fails it by {', '.join(here)}, which no clause of it announces"
                    )
    return found


def unsaid(reference: dict[str, list[Probe]], items: Iterable[str]) -> list[str]:
    """Probes of these items that emit a truth value for which no sentence is there: a student would read "not true"."""
    wanted = set(items)
    return [
        f"{grade_id}: the probe {probe.name!r} emits a truth value: give it a sentence (law=…), or emit what it is "
        "made of"
        for grade_id, probes in reference.items()
        if item_of(grade_id) in wanted
        for probe in probes
        if not probe.law and _is_truth(probe.value)
    ]


def _is_truth(value: dict) -> bool:
    """Whether a value is a truth value, or a list of nothing else."""
    if value.get("kind") == "list":
        return bool(value["items"]) and all(_is_truth(part) for part in value["items"])
    array = decode(value)
    return array is not None and array.ndim == 0 and array.dtype.kind == "b"
