"""What the reference solution emits: the source notebook, run once per version in a sandbox of its own."""

import pickle
from collections.abc import Iterable
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

from nbformat.notebooknode import NotebookNode
from nbgrader.utils import is_solution
from pydantic import TypeAdapter, ValidationError

from coursework.core.cells import (
    about_cell,
    about_notebook,
    grade_id_of,
    is_asserted,
    is_test,
    item_of,
    points_of,
    skipped,
)
from coursework.core.course import Course, StaffError, read_notebook
from coursework.core.files import digest, write_json
from coursework.core.probes import Probe
from coursework.core.records import AboutNotebook, what_is_wrong
from coursework.judging import asserts, own_checks, variants
from coursework.judging.inline import inline
from coursework.judging.probe import probe_records
from coursework.judging.values import compare, unjudgeable
from coursework.sandbox.machines import environment
from coursework.sandbox.tasks import packed, run_task, unpacked

KNOWN = TypeAdapter(dict[str, list[Probe]])  # the reference's record: grade_id of a test → its probes


def limits(course: Course) -> dict:
    """The limits of one notebook, as `tasks.run_task` takes them."""
    s = course.settings
    return {
        "cell_seconds": s.cell_seconds,
        "total_seconds": s.total_seconds,
        "memory_bytes": int(s.memory_gib * 2**30),
    }


def task(
    course: Course, nb: NotebookNode, handin: dict[str, bytes] | None = None, skip: Iterable[str] = ()
) -> dict[str, Any]:
    """What `tasks.run_task` takes: `nb` with the course's limits and data, without the cells to `skip`."""
    data, source = course.data, _source_of(course, nb)
    return {
        "notebook": packed(nb),
        "handin": (handin or {}) | given_files(course, nb),
        "gpu": source is not None and _told(source).gpu,
        "limits": limits(course),
        "data": str(data) if data else None,
        "skip": sorted(skip),
    }


def given_files(course: Course, nb: NotebookNode) -> dict[str, bytes]:
    """Name → bytes of the files that students get with an assignment (`coursework.files` of its source)."""
    source = _source_of(course, nb)
    if source is None:
        return {}
    return {name: (source.parent / name).read_bytes() for name in _told(source).files}


def _source_of(course: Course, nb: NotebookNode) -> Path | None:
    """The source of the assignment that a notebook says it is of; None where the course has none."""
    assignment = nb.metadata.get("coursework", {}).get("assignment", "")
    return course.source(assignment) if assignment in course.assignments else None


def _told(source: Path) -> AboutNotebook:
    """What a source notebook says of itself: read once, as a class asks for it several times a submission."""
    about = source.stat()
    return _read(source, about.st_mtime_ns, about.st_size)


@lru_cache(maxsize=8)
def _read(path: Path, changed: int, size: int) -> AboutNotebook:
    return about_notebook(read_notebook(path))


def notebook(course: Course, assignment: str) -> NotebookNode:
    """The source notebook with solutions and hidden tests, its helpers inlined as in the release, ids as grade_ids.

    It is the caller's own. A class asks for it several times a submission: it is prepared once.
    """
    path = course.source(assignment)
    about = path.stat()
    varied = variants.text(course, assignment)
    return pickle.loads(_prepared(path, about.st_mtime_ns, about.st_size, varied, variants.hint(course)))


@lru_cache(maxsize=8)
def _prepared(path: Path, changed: int, size: int, varied: str, hint: str) -> bytes:
    nb, assignment = read_notebook(path), path.stem
    if varied:
        nb = variants.applied(variants.parsed(varied, assignment), nb, assignment, hint)
    return pickle.dumps(prepared(nb))


def prepared(nb: NotebookNode) -> NotebookNode:
    """A source notebook, changed in place: its helpers inlined as in the release, ids as grade_ids."""
    code = "\n".join(cell.source for cell in nb.cells if cell.cell_type == "code")
    for cell in nb.cells:
        if cell.cell_type == "code":
            cell.source = inline(cell.source, code)
        grade_id = grade_id_of(cell)
        if grade_id:
            cell.id = grade_id
    return nb


def fingerprint(nb: NotebookNode) -> str:
    """Of everything that runs in the reference notebook `nb`, and of what it runs on."""
    return digest([[c.id, c.source] for c in nb.cells if c.cell_type == "code"], environment())


def reference(course: Course, assignment: str, everything: bool = False) -> dict[str, list[Probe]]:
    """grade_id of a test → what the reference's run says of its probes. Run once, then read back.

    Cells that need not run when a class is graded do not run, but with `everything`: `prove` compares the two.
    Raises StaffError, naming the cell, when the reference solution itself fails or emits a name twice.
    """
    nb = notebook(course, assignment)
    files = {name: digest(payload) for name, payload in given_files(course, nb).items()}
    skip = [] if everything else sorted(skipped(nb))
    parts = [
        fingerprint(nb),
        limits(course),
        course.data_contents,
        *([files] if files else []),
        *([skip] if skip else []),
    ]
    conditions = digest(*parts)
    path = course.state(f"reference-{assignment}-{conditions[:16]}.json")
    with suppress(OSError, ValidationError):
        return with_sentences(nb, KNOWN.validate_json(path.read_bytes()))
    found = checked(assignment, executed_source(course, assignment, nb, skip=skip))
    write_json(path, KNOWN.dump_python(found, exclude_none=True))
    return with_sentences(nb, found)


def checked(assignment: str, executed: NotebookNode) -> dict[str, list[Probe]]:
    """grade_id of a test → the probes of an executed source. Raises StaffError as `reference` does."""
    found: dict[str, list[Probe]] = {}
    for cell in executed.cells:
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                raise StaffError(
                    f"the reference of {assignment} fails in cell {cell.id}: {output.ename}: {output.evalue}"
                )
        if is_test(cell):
            found[cell.metadata.nbgrader.grade_id] = probes = probes_of(cell, is_asserted(cell))
            names = [p.name for p in probes]
            if len(set(names)) < len(names):
                raise StaffError(f"cell {cell.id} of {assignment} emits a name twice: {sorted(names)}")
            if vague := [p.name for p in probes if unjudgeable(p.value)]:
                raise StaffError(
                    f"cell {cell.id} of {assignment} emits {vague[0]!r}, which cannot be compared: let it be numbers, "
                    "arrays or text, in lists of lists at most"
                )
            if fault := next((f for p in probes if p.rules.check and (f := own_checks.fault(p))), ""):
                raise StaffError(f"cell {cell.id} of {assignment}: {fault}")
            if unwanted := [p.name for p in probes if p.own and not agrees(p, p.own)]:
                raise StaffError(f"cell {cell.id} of {assignment}: the solution's own {unwanted[0]!r} is not right")
            points = points_of(cell)
            if is_asserted(cell) and (got := asserts.returned(cell)) is not None and got < points:
                raise StaffError(f"cell {cell.id} of {assignment} gives the solution {got:g} of {points:g} points")
    return found


def executed_source(
    course: Course,
    assignment: str,
    nb: NotebookNode,
    files: dict[str, bytes] | None = None,
    skip: Iterable[str] = (),
) -> NotebookNode:
    """One run of the `prepared` source `nb`, errors and all, with its `files` where it is not in source/ yet, and
    without the cells to `skip`.

    Raises StaffError when it does not come to its end.
    """
    answer = run_task(task(course, nb, files, skip))
    if answer["error"]:
        raise StaffError(f"the reference of {assignment} could not be run: {answer['error']}")
    executed = unpacked(answer["notebook"])
    stopped = executed.metadata.coursework_run.stopped
    if stopped:
        raise StaffError(f"the reference of {assignment} was stopped in cell {stopped['cell']}: {stopped['reason']}")
    return executed


def probes_of(cell: NotebookNode, asserted: bool) -> list[Probe]:
    """What an executed test of the source says to the judge: its probes, and one for its asserts.

    A probe `NAME [wanted]` of the clause "wanted" holds the value that NAME must have; the solution's is its own.

    Raises StaffError, naming the cell and the nearest known key, where a probe or its rules have another key.
    """
    try:
        found = [Probe.model_validate(record) for record in probe_records(cell)]
    except ValidationError as error:
        raise StaffError(f"cell {cell.id}: {what_is_wrong(error, Probe, 'probe')}") from None
    wanted = {p.name.removesuffix(" [wanted]"): p.value for p in found if p.clause == "wanted"}
    probes = [p for p in found if p.clause != "wanted"]
    probes = [p.model_copy(update={"value": wanted[p.name], "own": p.value}) if p.name in wanted else p for p in probes]
    return [*probes, asserts.record(cell)] if asserted else probes


def agrees(probe: Probe, value: dict) -> bool:
    """Whether `value` is what the probe asks for, within its tolerance."""
    return compare(probe.value, value, probe.rules.rtol, probe.rules.atol) is None


def clauses(nb: NotebookNode) -> dict[str, dict[str, str]]:
    """item → clause → its sentence, as the answer cells of the source notebook `nb` list them."""
    return {c.id: found for c in nb.cells if is_solution(c) and (found := about_cell(c).clauses)}


def with_sentences(nb: NotebookNode, found: dict[str, list[Probe]]) -> dict[str, list[Probe]]:
    """The probes, each with the sentence of its clause where it has no law of its own."""
    known = clauses(nb)

    def told(grade_id: str, probe: Probe) -> Probe:
        if probe.law or probe.clause == "value":
            return probe
        sentence = known.get(item_of(grade_id), {}).get(probe.clause, "")
        return probe.model_copy(update={"law": sentence})

    return {grade_id: [told(grade_id, probe) for probe in probes] for grade_id, probes in found.items()}
