"""The proof record: which source and bank were proven, the matrix, and how known wrong answers are recognised."""

from typing import Any

from pydantic import TypeAdapter, ValidationError

from coursework.core.course import Course, StaffError, read_text
from coursework.core.files import digest, read_json
from coursework.core.probes import Misconception
from coursework.judging import variants
from coursework.judging.reference import notebook


def answers(course: Course, assignment: str) -> dict[str, dict[str, str]]:
    """The bank: item → file name → content."""
    found: dict[str, dict[str, str]] = {}
    for path in sorted(course.bank(assignment).glob("*/*.py")):
        found.setdefault(path.parent.name, {})[path.name] = read_text(path)
    return found


def fingerprint(course: Course, assignment: str) -> str:
    """Of this very source (helpers included, as they are inlined) and of this very bank."""
    nb = notebook(course, assignment)
    cells = [[c.id, c.cell_type, c.source, dict(c.metadata.get("nbgrader", {}))] for c in nb.cells]
    varied = variants.text(course, assignment)
    more = [varied, variants.answers(course, assignment)] if varied else []
    return digest(cells, answers(course, assignment), *more)


def load(course: Course, assignment: str) -> dict[str, Any]:
    return read_json(course.proof(assignment), {})


def missing(course: Course, assignment: str) -> str | None:
    """Why the proof record does not cover the source as it is; None if it does."""
    record = load(course, assignment)
    if not record:
        path = course.proof(assignment)
        return f"{assignment} has no proof record ({path.relative_to(course.root)})"
    if not record.get("clean"):
        return f"the proof of {assignment} has surprises in it"
    if record.get("fingerprint") != fingerprint(course, assignment):
        return f"the source or the bank of {assignment} has changed since it was proven"
    return None


def misconceptions(course: Course, assignment: str) -> dict[str, list[Misconception]]:
    """grade_id of a test → the known wrong answers. Raises StaffError where the record does not hold such."""
    found = load(course, assignment).get("misconceptions", {})
    try:
        return TypeAdapter(dict[str, list[Misconception]]).validate_python(found)
    except ValidationError:
        raise StaffError(
            f"the proof record of {assignment} cannot be read: run `coursework prove {assignment}`"
        ) from None
