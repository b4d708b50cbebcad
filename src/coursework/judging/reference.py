"""What the reference solution emits: the source notebook, run once per version in a sandbox of its own."""

from collections.abc import Iterable
from typing import Any

import nbformat
from nbformat.notebooknode import NotebookNode
from nbgrader.utils import is_solution

from coursework.core.cells import about_notebook, grade_id_of, is_asserted, is_test
from coursework.core.course import Course, StaffError, read_notebook
from coursework.core.files import digest, read_json, write_json
from coursework.judging import asserts
from coursework.judging.inline import inline
from coursework.judging.judge import emissions
from coursework.judging.values import compare, unjudgeable
from coursework.sandbox.execute import run_task
from coursework.sandbox.machines import environment


def limits(course: Course) -> dict:
    """The limits of one notebook, as `execute.run_task` takes them."""
    s = course.settings
    return {
        "cell_seconds": s.cell_seconds,
        "total_seconds": s.total_seconds,
        "memory_bytes": int(s.memory_gib * 2**30),
    }


def task(
    course: Course, nb: NotebookNode, handin: dict[str, bytes] | None = None, skip: Iterable[str] = ()
) -> dict[str, Any]:
    """What `execute.run_task` takes: `nb` with the course's limits and data, without the cells to `skip`."""
    data = course.data
    return {
        "notebook": nbformat.writes(nb),
        "handin": (handin or {}) | given_files(course, nb),
        "limits": limits(course),
        "data": str(data) if data else None,
        "skip": sorted(skip),
    }


def given_files(course: Course, nb: NotebookNode) -> dict[str, bytes]:
    """Name → bytes of the files that students get with an assignment (`coursework.files` of its source)."""
    assignment = nb.metadata.get("coursework", {}).get("assignment", "")
    if assignment not in course.assignments:
        return {}
    source = course.source(assignment)
    return {name: (source.parent / name).read_bytes() for name in about_notebook(read_notebook(source)).files}


def notebook(course: Course, assignment: str) -> NotebookNode:
    """The source notebook with solutions and hidden tests, its helpers inlined as in the release, ids as grade_ids."""
    return prepared(read_notebook(course.source(assignment)))


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


def reference(course: Course, assignment: str) -> dict[str, list[dict]]:
    """grade_id of a test → the reference's probe records. Run once, then read back.

    Raises StaffError, naming the cell, when the reference solution itself fails or emits a name twice.
    """
    nb = notebook(course, assignment)
    files = {name: digest(payload) for name, payload in given_files(course, nb).items()}
    conditions = digest(fingerprint(nb), limits(course), course.data_contents, *([files] if files else []))
    path = course.state(f"reference-{assignment}-{conditions[:16]}.json")
    known = read_json(path)
    if known is not None:
        return with_sentences(nb, known)
    found = checked(assignment, executed_source(course, assignment, nb))
    write_json(path, found)
    return with_sentences(nb, found)


def checked(assignment: str, executed: NotebookNode) -> dict[str, list[dict]]:
    """grade_id of a test → the records of an executed source. Raises StaffError as `reference` does."""
    found: dict[str, list[dict]] = {}
    for cell in executed.cells:
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                raise StaffError(
                    f"the reference of {assignment} fails in cell {cell.id}: {output.ename}: {output.evalue}"
                )
        if is_test(cell):
            found[cell.metadata.nbgrader.grade_id] = records = records_of(cell, is_asserted(cell))
            names = [r["name"] for r in records]
            if len(set(names)) < len(names):
                raise StaffError(f"cell {cell.id} of {assignment} emits a name twice: {sorted(names)}")
            if vague := [r["name"] for r in records if unjudgeable(r["value"])]:
                raise StaffError(
                    f"cell {cell.id} of {assignment} emits {vague[0]!r}, which cannot be compared: let it be numbers, "
                    "arrays or text, in lists of lists at most"
                )
            if unwanted := [r["name"] for r in records if r.get("own") and not agrees(r, r["own"])]:
                raise StaffError(f"cell {cell.id} of {assignment}: the solution's own {unwanted[0]!r} is not right")
            points = float(cell.metadata.nbgrader.points)
            if is_asserted(cell) and (got := asserts.returned(cell)) is not None and got < points:
                raise StaffError(f"cell {cell.id} of {assignment} gives the solution {got:g} of {points:g} points")
    return found


def executed_source(
    course: Course, assignment: str, nb: NotebookNode, files: dict[str, bytes] | None = None
) -> NotebookNode:
    """One run of the `prepared` source `nb`, errors and all, with its `files` where it is not in source/ yet.

    Raises StaffError when it does not come to its end.
    """
    answer = run_task(task(course, nb, files))
    if answer["error"]:
        raise StaffError(f"the reference of {assignment} could not be run: {answer['error']}")
    executed = nbformat.reads(answer["notebook"], as_version=4)
    stopped = executed.metadata.coursework_run.stopped
    if stopped:
        raise StaffError(f"the reference of {assignment} was stopped in cell {stopped['cell']}: {stopped['reason']}")
    return executed


def records_of(cell: NotebookNode, asserted: bool) -> list[dict]:
    """What an executed test of the source says to the judge: its probes' records, and one for its asserts.

    A probe `NAME [wanted]` of the clause "wanted" holds the value that NAME must have; the solution's is "own".
    """
    found = emissions(cell)
    wanted = {r["name"].removesuffix(" [wanted]"): r["value"] for r in found if r.get("clause") == "wanted"}
    records = [r for r in found if r.get("clause") != "wanted"]
    records = [r | {"value": wanted[r["name"]], "own": r["value"]} if r["name"] in wanted else r for r in records]
    return [*records, asserts.record(cell)] if asserted else records


def agrees(record: dict, value: dict) -> bool:
    """Whether `value` is what the record asks for, within its tolerance."""
    rules = record["rules"]
    return compare(record["value"], value, rules.get("rtol", 0.0), rules.get("atol", 0.0)) is None


def clauses(nb: NotebookNode) -> dict[str, dict[str, str]]:
    """item → clause → its sentence, as the answer cells of the source notebook `nb` list them."""
    about = {c.id: c.metadata.get("coursework", {}).get("clauses") for c in nb.cells if is_solution(c)}
    return {item: dict(found) for item, found in about.items() if found}


def with_sentences(nb: NotebookNode, found: dict[str, list[dict]]) -> dict[str, list[dict]]:
    """The records, each with the sentence of its clause where it has no law of its own."""
    known = clauses(nb)
    for grade_id, records in found.items():
        sentences = known.get(grade_id.partition("--")[0], {})
        for record in records:
            clause = record.get("clause", "value")
            if clause != "value" and not record.get("law"):
                record["law"] = sentences.get(clause, "")
    return found
