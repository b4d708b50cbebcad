"""What staff see of a submission and students do not: every check, timings, limits, repairs, evidence, flags.

It is made from the records beside the notebook, and is in report/, never in feedback/.
"""

from pathlib import Path

import pandas as pd
from nbgrader.api import MissingEntry

from coursework.core.books import Gradebook
from coursework.core.course import Course, StaffError
from coursework.core.deadlines import handed_in_at, late
from coursework.core.files import write_whole
from coursework.core.verdicts import Finding, repair_of
from coursework.grading.verdicts import outdated, verdict_of
from coursework.returning.sheet import render


def page(course: Course, assignment: str, student: str) -> str:
    """The page of one student. Raises StaffError when this submission is not graded."""
    verdict = verdict_of(course, assignment, student)
    if not verdict:
        raise StaffError(f"{student} is not graded in {assignment}: run `coursework autograde {assignment}` first")
    state: str = verdict.state
    if outdated(course, assignment, student, verdict):
        state = "outdated: points and checks are of an earlier submission, file, time and repairs of the present one"
    repair = repair_of(course, assignment, student)
    when, days = handed_in_at(course, assignment, student), late(course, assignment, student)
    seconds = verdict.seconds
    facts = {
        "handed in": f"{when:%Y-%m-%d %H:%M} UTC" if when else "not known",
        "late": days.text or "no",
        "file": repair.original,
        "made from release": repair.release or "not known",
        "state": state,
        "for review": "; ".join(verdict.reasons),
        "required and missing": "; ".join(verdict.missing),
        "limits hit": "; ".join(verdict.limits),
        "seconds": f"{seconds.wall:.1f}, CPU {seconds.cpu:.1f}",
        "slowest cell": f"{seconds.slowest_cell}, {seconds.slowest:.1f} s",
        "memory": f"{verdict.peak_memory / 2**20:.0f} MiB",
    }
    checks = []
    for grade_id, cell in verdict.cells.items():
        score = f"{cell.score:g} / {cell.points:g}"
        for check in cell.checks or [Finding("", float("nan"), cell.message, staff=cell.staff)]:
            checks.append(
                {
                    "test": grade_id,
                    "score": score,
                    "check": check.name,
                    "passed": f"{check.fraction:g}" if cell.checks else "",
                    "rung": str(check.rung or ""),
                    "said": check.staff or check.message,
                    "misconception": check.misconception or "",
                }
            )
    tables = {
        "Facts": pd.DataFrame([{"what": k, "is": v} for k, v in facts.items() if v]),
        "Checks": pd.DataFrame(checks),
        "By hand": _by_hand(course, assignment, student),
        "Evidence": pd.DataFrame([{"cell": e.cell, "said": e.text} for e in verdict.evidence]),
        "Repairs": pd.DataFrame([{"what": r.what, "cell": r.cell or "", "said": r.text} for r in repair.repairs]),
    }
    return render(__package__, "staff.html", student=student, assignment=assignment, tables=tables)


def _by_hand(course: Course, assignment: str, student: str) -> pd.DataFrame:
    """What a human has graded, or has still to."""
    rows = []
    with Gradebook(course.db_url) as gradebook:
        try:
            notebooks = gradebook.find_submission(assignment, student).notebooks
        except MissingEntry:
            notebooks = []
        for grade in (g for n in notebooks for g in n.grades):
            if grade.manual_score is not None or grade.needs_manual_grade:
                score = "waits" if grade.needs_manual_grade else f"{grade.manual_score:g}"
                rows.append({"cell": grade.name, "score": score, "of": f"{grade.max_score:g}"})
    return pd.DataFrame(rows)


def write(course: Course, assignment: str, students: list[str] | None = None) -> list[Path]:
    """report/<assignment>/staff/<student>.html for everybody graded, or these."""
    graded = course.holders("autograded", assignment, "verdict.json")
    if not graded:
        raise StaffError(f"nobody is graded in {assignment}: run `coursework autograde {assignment}` first")
    written = []
    for student in students or graded:
        path = course.report(assignment) / "staff" / f"{student}.html"
        write_whole(path, page(course, assignment, student))
        written.append(path)
    return written
