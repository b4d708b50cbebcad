"""Which known wrong answer a student's is: its name is a claim, and is made only where it explains all that fails."""

from nbformat.notebooknode import NotebookNode

from coursework.core.cells import grade_id_of, is_test, item_of
from coursework.core.probes import Misconception, Probe
from coursework.core.verdicts import CellVerdict
from coursework.judging.probe import Emitted, decided, emitted_by, first_call
from coursework.judging.values import signature_matches


def recognise(references: list[Probe], emitted: Emitted, misconceptions: list[Misconception]) -> Misconception | None:
    """The known wrong answer that emitted what this one did, in every probe where that one was wrong, and nowhere else
    anything wrong: its name is a claim."""
    wrong = _wrong(references, emitted) if misconceptions else set()
    return next((m for m in misconceptions if _shared(references, emitted, m, wrong)), None)


def _shared(references: list[Probe], emitted: Emitted, misconception: Misconception, wrong: set[str]) -> bool:
    rules = {r.name: r.rules for r in references}
    known = {name: value for name, value in misconception.values.items() if name in rules}
    if not known or not wrong <= set(misconception.wrong) or (misconception.wrong and not wrong):
        return False  # what is right is not compared with each of the wrong ones: that took longer than the judging
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
        emitted = emitted_by(cell)
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
    mine, first = emitted.get(reference.name), first_call(reference, references, emitted)
    if mine is not None and first is None and mine.value == reference.value:
        return False
    return mine is None or decided(reference, mine.value, first)[0] < 1


def withdraw(verdicts: dict[str, CellVerdict], misconceptions: dict[str, list[Misconception]]) -> None:
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
