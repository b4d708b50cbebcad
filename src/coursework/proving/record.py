"""The proof record, and what of it still holds: after a change only the answers that it reaches run again.

What comes of an answer depends on the cells that run (set-up with its helpers, what the item needs, the answer, the
item's tests), on what the reference emits in these tests, on the rules that the source's cells state, on the judge, and
on the environment. Their digest is the answer's key. A change of one test leaves the keys of all other items alone.
"""

import inspect
import json
import re
from dataclasses import asdict
from types import ModuleType

from nbformat.notebooknode import NotebookNode

from coursework.core.cells import about_notebook, grade_id_of, is_test
from coursework.core.course import Course
from coursework.core.files import digest
from coursework.core.probes import Misconception, Probe
from coursework.judging import causes, judge, misconceptions, own_checks, policy, probe, proof, values
from coursework.judging.reference import limits
from coursework.notebook import dialect, restrictions
from coursework.proving import clauses
from coursework.proving.matrix import WHOLE, Case, Proof, Result
from coursework.sandbox.machines import environment

JUDGING: tuple[ModuleType, ...] = (judge, probe, misconceptions, values, causes, policy, restrictions, dialect, clauses)


def left_out(case: Case, skip: list[str]) -> list[str]:
    """The cells that do not run: a whole notebook runs as it does when a class is graded, unless it says otherwise."""
    return skip if case.item == WHOLE and not case.everything else []


def run_key(course: Course, case: Case, skip: list[str]) -> str:
    """Under which a run is kept: all that it depends on."""
    cells = [[c.id, c.cell_type, c.source] for c in case.nb.cells]
    return digest(cells, environment(), limits(course), *left_out(case, skip))


def result_key(run: str, case: Case, source: NotebookNode, known: dict[str, list[Probe]]) -> str:
    """Under which the result of a run is kept: the run, and all that the judge looks at besides."""
    tests = [grade_id_of(c) for c in case.nb.cells if is_test(c)]
    here = {c.id for c in case.nb.cells}
    rules = [c.metadata.get("coursework", {}) for c in source.cells if c.id in here]
    code = [inspect.getsource(module) for module in JUDGING]
    code += own_checks.text_of([p for t in tests for p in known.get(t, [])])
    whole = about_notebook(source).imports
    points = [c.metadata.nbgrader.get("points") for c in case.nb.cells if is_test(c)]
    expected = [case.expected, case.points, case.misconception]
    probes = {t: [p.model_dump() for p in known.get(t, [])] for t in tests}
    return digest(run, probes, rules, list(whole or ()), points, expected, code)[:24]


def kept(record: dict) -> dict[str, Result]:
    """key → the result that a record holds under it."""
    return {key: Result(**found) for key, found in record.get("results", {}).items()}


def made(course: Course, found: Proof, keys: dict[int, str], misconceptions: dict[str, list[Misconception]]) -> dict:
    """The record of a whole proof. Results of mutants stay when they were not asked for this time."""
    matrix: dict[str, dict] = {}
    for case in found.cases:
        if case.expected is not None and not case.rewrites:
            matrix.setdefault(case.item, {})[case.name] = [case.expected, case.got]
    tried = [case for case in found.cases if case.expected is None]
    old = proof.load(course, found.assignment)
    here = proof.fingerprint(course, found.assignment)
    same = old.get("mutants") if old.get("fingerprint") == here else None
    lasting = {n: c.result for n, c in enumerate(found.cases) if c.result and (c.ok or not c.cut_short)}
    results = {keys[n]: asdict(result) for n, result in lasting.items()}
    if not tried:
        results = {k: r for k, r in old.get("results", {}).items() if k in old.get("planted", [])} | results
    return {
        "assignment": found.assignment,
        "clean": found.clean,
        "fingerprint": here,
        "problems": found.problems,
        "matrix": matrix,
        "clauses": found.clauses,
        "rewrites": rewrites(found),
        "mutants": (
            {
                "tried": len(tried),
                "killed": sum(c.got is not None and c.got < c.points for c in tried),
                "equivalent": {f"{c.item}: {c.name}": c.note for c in tried if c.note},
            }
            if tried
            else same
        ),
        "misconceptions": {t: [m.model_dump() for m in known] for t, known in misconceptions.items()},
        "planted": [keys[n] for n, c in enumerate(found.cases) if c.expected is None] or old.get("planted", []),
        "results": {
            key: {k: v for k, v in found.items() if v} | {"got": found["got"]} for key, found in results.items()
        },
    }


def rewrites(found: Proof) -> dict[str, dict[str, list[int]]]:
    """item → kind of rewrite → [answers that were rewritten so, those of them that kept all points]."""
    count: dict[str, dict[str, list[int]]] = {}
    for case in found.cases:
        for kind in case.rewrites:
            tried = count.setdefault(case.item, {}).setdefault(kind, [0, 0])
            tried[0] += 1
            tried[1] += case.ok
    return count


def text(record: dict) -> str:
    """The record as JSON, a line for each list of numbers and each result: thousands are kept with the repository."""
    results = [f"  {json.dumps(k)}: {json.dumps(v, ensure_ascii=False)}" for k, v in record["results"].items()]
    rest = json.dumps({k: v for k, v in record.items() if k != "results"}, indent=1, ensure_ascii=False)
    rest = re.sub(r"\[\s+([^\[\]{}\"]*?)\s+\]", lambda m: f"[{' '.join(m[1].split())}]", rest)
    lines = ",\n".join(results)
    return rest.removesuffix("\n}") + f',\n "results": {{\n{lines}\n }}\n}}\n'
