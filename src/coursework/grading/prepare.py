"""What runs for a submission, and the fingerprint by which its grade is known again. Nothing is written here."""

from typing import Any

import nbformat
from nbformat.notebooknode import NotebookNode
from sqlalchemy.exc import SQLAlchemyError

from coursework.core.cells import grade_id_of, is_answer, skipped
from coursework.core.course import Course, StaffError
from coursework.core.files import digest
from coursework.core.text import reason
from coursework.grading.verdicts import conditions, file_digests
from coursework.intake.store import refreshed
from coursework.judging import drawn, evidence, variants
from coursework.judging.reference import fingerprint, notebook


def submission(course: Course, assignment: str, student: str) -> NotebookNode:
    """What was handed in, its answers in the cells of the present release. Raises StaffError when it cannot be read."""
    if found := refreshed(course, student, assignment):
        return found[0]
    path = course.submitted(student, assignment) / f"{assignment}.ipynb"
    try:
        return nbformat.read(path, as_version=4)
    except (OSError, ValueError):  # nbformat's own errors are ValueErrors
        raise StaffError(f"submitted/{student}/{assignment}/{path.name} is not a notebook: collect it again") from None


def sanitize(course: Course, assignment: str, student: str) -> NotebookNode:
    """The submission as it will run: locked and test cells from the gradebook, hidden tests included.

    Raises StaffError when that cannot be made of it: what was put into submitted/ by hand may hold anything.
    """
    try:
        nb = submission(course, assignment, student)
        resources: dict[str, Any] = {
            "nbgrader": {"student": student, "assignment": assignment, "notebook": assignment, "db_url": course.db_url}
        }
        for preprocessor in course.config.Autograde.sanitize_preprocessors:
            nb, resources = preprocessor(config=course.config).preprocess(nb, resources)
        return nb
    except (StaffError, SQLAlchemyError):  # the latter is no single submission's
        raise
    except Exception as error:
        raise _out_of_order(assignment, student, error) from None


def _out_of_order(assignment: str, student: str, error: Exception) -> StaffError:
    return StaffError(f"submitted/{student}/{assignment} is out of order ({reason(error)}): collect it again")


def handin_files(course: Course, assignment: str, student: str) -> dict[str, bytes]:
    """Name → content of what came beside the notebook."""
    folder = course.submitted(student, assignment) / "handin"
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def fingerprints(course: Course, assignment: str, students: list[str]) -> tuple[dict[str, str], dict[str, str]]:
    """(student → a hash of all that the grade depends on, student → why there is none).

    Of a submission it takes the answers and the cells that the student added, in their order: all others are replaced
    by the source's before it runs. One submission is in memory at a time.
    """
    source = notebook(course, assignment)
    asked = [repr(request) for request in evidence.wanted(source)]
    varied = variants.text(course, assignment)
    common = [fingerprint(source), conditions(course), asked, *sorted(skipped(source)), *([varied] if varied else [])]
    given = {grade_id_of(c) for c in source.cells if not is_answer(c)} - {""}
    found, errors = {}, {}
    for student in students:
        try:
            nb = submission(course, assignment, student)
            cells = [[g, c.cell_type, "" if g in given else c.source] for c in nb.cells for g in [grade_id_of(c)]]
            whose = [drawn.names(course, assignment, student)] if varied else []
            found[student] = digest([*common, *whose], cells, file_digests(course, assignment, student))
        except StaffError as error:
            errors[student] = str(error)
        except Exception as error:
            errors[student] = str(_out_of_order(assignment, student, error))
    return found, errors
