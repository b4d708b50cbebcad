"""What the reference solution emits: the source notebook, run once per version in a sandbox of its own."""

import platform
from collections.abc import Iterable
from importlib.metadata import version
from typing import Any

import nbformat
from nbformat.notebooknode import NotebookNode
from nbgrader.utils import is_solution

from coursework.core.cells import grade_id_of, is_test
from coursework.core.course import Course, StaffError, read_notebook
from coursework.core.files import digest, read_json, write_json
from coursework.judging.inline import inline
from coursework.judging.judge import emissions
from coursework.judging.values import unjudgeable
from coursework.sandbox.execute import run_task


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
        "handin": handin or {},
        "limits": limits(course),
        "data": str(data) if data else None,
        "skip": sorted(skip),
    }


def notebook(course: Course, assignment: str) -> NotebookNode:
    """The source notebook with solutions and hidden tests, its helpers inlined as in the release, ids as grade_ids."""
    nb = read_notebook(course.source(assignment))
    code = "\n".join(cell.source for cell in nb.cells if cell.cell_type == "code")
    for cell in nb.cells:
        if cell.cell_type == "code":
            cell.source = inline(cell.source, code)
        grade_id = grade_id_of(cell)
        if grade_id:
            cell.id = grade_id
    return nb


def environment() -> dict[str, str]:
    """What a number may depend on besides the code."""
    packages = {name: version(name) for name in ("torch", "numpy", "ipykernel")}
    return {"python": platform.python_version(), "machine": platform.machine(), **packages}


def fingerprint(nb: NotebookNode) -> str:
    """Of everything that runs in the reference notebook `nb`, and of what it runs on."""
    return digest([[c.id, c.source] for c in nb.cells if c.cell_type == "code"], environment())


def reference(course: Course, assignment: str) -> dict[str, list[dict]]:
    """grade_id of a test → the reference's probe records. Run once, then read back.

    Raises StaffError, naming the cell, when the reference solution itself fails or emits a name twice.
    """
    nb = notebook(course, assignment)
    conditions = digest(fingerprint(nb), limits(course), str(course.data))
    path = course.state(f"reference-{assignment}-{conditions[:16]}.json")
    known = read_json(path)
    if known is not None:
        return with_sentences(nb, known)
    answer = run_task(task(course, nb))
    if answer["error"]:
        raise StaffError(f"the reference of {assignment} could not be run: {answer['error']}")
    executed = nbformat.reads(answer["notebook"], as_version=4)
    stopped = executed.metadata.coursework_run.stopped
    if stopped:
        raise StaffError(f"the reference of {assignment} was stopped in cell {stopped['cell']}: {stopped['reason']}")
    found: dict[str, list[dict]] = {}
    for cell in executed.cells:
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                raise StaffError(
                    f"the reference of {assignment} fails in cell {cell.id}: {output.ename}: {output.evalue}"
                )
        if is_test(cell):
            found[cell.metadata.nbgrader.grade_id] = records = emissions(cell)
            names = [r["name"] for r in records]
            if len(set(names)) < len(names):
                raise StaffError(f"cell {cell.id} of {assignment} emits a name twice: {sorted(names)}")
            if vague := [r["name"] for r in records if unjudgeable(r["value"])]:
                raise StaffError(
                    f"cell {cell.id} of {assignment} emits {vague[0]!r}, which cannot be compared: let it be numbers, "
                    "arrays or text, in lists of lists at most"
                )
    write_json(path, found)
    return with_sentences(nb, found)


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
