"""The shipped course, and what its reference solutions define."""

from pathlib import Path
from types import SimpleNamespace

import matplotlib
from nbgrader.utils import is_grade, is_solution

from coursework.core.course import Course
from coursework.judging.reference import notebook

COURSE = Course(Path(__file__).resolve().parents[2])


def solved(assignment: str, *items: str) -> SimpleNamespace:
    """The names that the set-up cells and the answers of `items` (all if none are named) leave behind."""
    matplotlib.use("Agg")
    names: dict = {"__name__": "solved"}
    for cell in notebook(COURSE, assignment).cells:
        grade_id = cell.metadata.get("nbgrader", {}).get("grade_id", "")
        wanted = grade_id in items or (not items and is_solution(cell) and not is_grade(cell))
        if cell.cell_type == "code" and (grade_id.split("-")[0] == "setup" or wanted):
            exec(compile(cell.source, cell.id, "exec"), names)
    return SimpleNamespace(**names)
