"""The whole course at a glance, for staff: a row a student, a column an assignment, a line that shows the way.

Shares are of the points that are graded already, late penalties taken off, so that an answer that waits for a grader
counts neither way. A student who submitted nothing has no share in that assignment; the sum counts it as 0.
"""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from coursework.core.books import Gradebook
from coursework.core.course import Course, StaffError
from coursework.core.deadlines import late
from coursework.core.files import write_whole
from coursework.core.names import fold
from coursework.reporting import plots
from coursework.reporting.grades import UNREAD, NotGraded, grade_table, write_csv
from coursework.returning.sheet import render

STATES = {
    "graded": ("", "graded"),
    "waits": ("…", "answers wait for a grader: the share of what is graded"),
    "review": ("!", "needs review"),
    "held": ("held", "no total while a required answer is missing"),
    "old": ("old", "of an earlier submission: autograde the one that is here"),
    "ungraded": ("?", "handed in, not graded yet"),
    "unread": ("x", "handed in something that could not be taken"),
    "nothing": ("–", "nothing handed in"),
}
WIDE, HIGH = 120, 34  # pixels of the line in a row


@dataclass
class Progress:
    """`cells`: a row for each student and assignment; `students`: a row each, with the sums; `medians`: the class."""

    cells: pd.DataFrame
    students: pd.DataFrame
    medians: pd.DataFrame


def collect(course: Course) -> Progress:
    """Everything that the gradebook says of the course so far. Raises StaffError when nothing is graded."""
    rows: list[dict] = []
    for assignment in course.assignments:
        try:
            table = grade_table(course, assignment)
        except NotGraded:
            continue
        if table["raw"].notna().any():
            rows += _cells(course, assignment, table)
    if not rows:
        raise StaffError("nothing is graded yet: run `coursework autograde` first")
    cells = pd.DataFrame(rows)
    return Progress(cells, _students(cells), _medians(cells))


def _cells(course: Course, assignment: str, table: pd.DataFrame) -> list[dict]:
    """One row for every student in this assignment."""
    waiting, most, rows = _waiting_points(course, assignment), float(table["points"].max()), []
    for row in table.to_dict("records"):
        student, last, first = row["student"], row["last name"], row["first name"]
        graded = 0.0 if row["state"] == "not graded yet" else most - waiting.get(student, 0.0)
        total = None if pd.isna(row["total"]) else float(row["total"])
        share = 100 * total / graded if total is not None and graded > 0 else None
        rows.append(
            {
                "student": student, "last name": last, "first name": first, "assignment": assignment, "points": total,
                "graded": graded, "of": most, "percent": share, "state": _state(row, student in waiting),
                "days late": late(course, assignment, student).days,
            }
        )  # fmt: skip
    return rows


def _state(row: dict, waits: bool) -> str:
    names = {"nothing handed in": "nothing", "needs review": "review", "not graded yet": "ungraded", "outdated": "old",
             UNREAD: "unread"}  # fmt: skip
    state = names.get(row["state"], row["state"])
    return "waits" if waits and state == "graded" else state


def _waiting_points(course: Course, assignment: str) -> dict[str, float]:
    """student → points that a human has still to give or to refuse."""
    found: dict[str, float] = {}
    with Gradebook(course.db_url) as gradebook:
        for submission in gradebook.assignment_submissions(assignment):
            waits = [g.max_score for n in submission.notebooks for g in n.grades if g.needs_manual_grade]
            if waits:
                found[submission.student.id] = float(sum(waits))
    return found


def _students(cells: pd.DataFrame) -> pd.DataFrame:
    """One row a student: the share of each assignment, the sum of points, and its share of all that is graded."""
    rows = []
    for (student, last, first), mine in cells.groupby(["student", "last name", "first name"], sort=True):
        shares = {f"{c['assignment']} %": c["percent"] for c in mine.to_dict("records")}
        done = mine["points"].fillna(0).sum()
        graded = mine["graded"].sum()
        sums = {"points": done, "of": mine["of"].sum(), "percent": 100 * done / graded if graded else None}
        rows.append({"student": student, "last name": last, "first name": first, **shares, **sums})
    return pd.DataFrame(rows)


def _medians(cells: pd.DataFrame) -> pd.DataFrame:
    """One row an assignment: how many handed in, and the quarters of their shares."""
    rows = []
    for assignment, table in cells.groupby("assignment", sort=True):
        shares = table["percent"].dropna().astype(float)
        low, middle, high = (float(shares.quantile(q)) for q in (0.25, 0.5, 0.75))
        quarters = {"lower quarter": low, "median": middle, "upper quarter": high}
        rows.append({"assignment": assignment, "students": len(shares), **quarters})
    return pd.DataFrame(rows)


@dataclass(frozen=True)
class Line:
    """A small drawing: `shares` and `medians` are paths of an SVG, `dots` centres; all in pixels."""

    shares: str
    medians: str
    dots: list[tuple[str, str]]
    width: int = WIDE
    height: int = HIGH


def line(shares: list[float | None], medians: list[float], least: float = 0.0) -> Line:
    """A student's shares as a small line over the class's medians; a gap where nothing was handed in.

    The line's field reaches from the class's `least` share to all points.
    """

    def spot(place: int, share: float) -> tuple[str, str]:
        step = (WIDE - 10) / max(1, len(shares) - 1)
        up = (min(100.0, max(least, share)) - least) / max(1.0, 100 - least)
        return f"{5 + step * place:.1f}", f"{3 + (HIGH - 6) * (1 - up):.1f}"

    def path(values: list[float | None]) -> str:
        text, pen = "", "M"
        for place, share in enumerate(values):
            if share is None or pd.isna(share):
                pen = "M"
                continue
            x, y = spot(place, share)
            text, pen = f"{text}{pen}{x} {y}", "L"
        return text

    dots = [spot(place, s) for place, s in enumerate(shares) if s is not None and not pd.isna(s)]
    return Line(path(shares), path([*medians]), dots)


def page(found: Progress) -> str:
    """The whole page, as HTML."""
    assignments = list(found.medians["assignment"])
    cells = {(c["student"], c["assignment"]): c for c in found.cells.to_dict("records")}
    least = float(found.cells["percent"].fillna(100).min())
    students = []
    for row in found.students.sort_values(["last name", "first name", "student"], key=_folded).to_dict("records"):
        mine = [cells.get((row["student"], a)) for a in assignments]
        students.append(
            {
                "student": row["student"],
                "name": f"{row['last name']}, {row['first name']}".strip(", ") or row["student"],
                "squares": [_square(c) for c in mine],
                "line": line([c and c["percent"] for c in mine], list(found.medians["median"]), least),
                "points": f"{row['points']:.4g} / {row['of']:g}",
                "share": "" if pd.isna(row["percent"]) else f"{row['percent']:.0f}",
            }
        )
    drawn = plots.medians(found.students[[f"{a} %" for a in assignments]], found.medians)
    return render(
        __package__, "course.html", students=students, assignments=assignments, states=STATES, medians=found.medians,
        medians_drawn=drawn,
    )  # fmt: skip


def _folded(names: pd.Series) -> pd.Series:
    """For sorting: Å beside A, small beside large letters."""
    return names.map(fold)


def _square(cell: dict | None) -> dict:
    """One square of the table: the share, its state, and how late it was."""
    if cell is None:
        return {"state": "nothing", "title": "", "text": "–", "days": 0}
    sign, text = STATES[cell["state"]]
    share = "" if cell["percent"] is None or pd.isna(cell["percent"]) else f"{cell['percent']:.0f} "
    points = "" if pd.isna(cell["points"]) else f"{cell['points']:g} of {cell['graded']:g} points; "
    return {"state": cell["state"], "title": points + text, "text": share + sign, "days": cell["days late"]}


def write(course: Course, folder: Path) -> Path:
    """course.html in `folder`, and the CSVs behind it: progress.csv, cells.csv, medians.csv."""
    found = collect(course)
    write_whole(folder / "course.html", page(found))
    write_csv(found.students, folder / "progress.csv")
    write_csv(found.cells, folder / "cells.csv")
    write_csv(found.medians, folder / "medians.csv")
    return folder / "course.html"
