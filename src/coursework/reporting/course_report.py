"""The whole course at a glance, for staff: a row a student, a column an assignment, a line that shows the way.

Shares are of the points that are graded already, late penalties taken off, so that an answer that waits for a grader
counts neither way. Who handed in nothing has no share in that assignment; the sum counts it as 0.
"""

import html
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from nbgrader.api import Gradebook

from coursework.core.course import Course, StaffError
from coursework.core.deadlines import late
from coursework.core.files import write_whole
from coursework.core.roster import fold
from coursework.reporting import plots
from coursework.reporting.grades import grade_table, write_csv
from coursework.returning.sheet import document, picture, table_html

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
STYLE = """
body { max-width: 1200px; }
.course td { white-space: nowrap; padding-top: 0; padding-bottom: 0; }
.course .state { text-align: right; border-left: 3px solid #fff; }
.graded { background: #e3f2e8; } .waits { background: #fdf1d3; } .review { background: #f9dedc; }
.held, .old, .ungraded { background: #f9dedc; } .nothing { background: #eef0f4; color: #5b6475; }
small { color: #5b6475; } svg { vertical-align: middle; }
.legend span { display: inline-block; padding: .1rem .6rem; margin: 0 .4rem .2rem 0; }
"""
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
        except StaffError:
            continue
        if len(table) and table["raw"].notna().any():
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
             "could not be taken": "unread"}  # fmt: skip
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


def line(shares: list[float | None], medians: list[float], least: float = 0.0) -> str:
    """A student's shares as a small line over the class's medians; a gap where nothing was handed in.

    The line's field reaches from the class's `least` share to all points.
    """

    def spot(place: int, share: float) -> tuple[float, float]:
        step = (WIDE - 10) / max(1, len(shares) - 1)
        up = (min(100.0, max(least, share)) - least) / max(1.0, 100 - least)
        return 5 + step * place, 3 + (HIGH - 6) * (1 - up)

    def path(values: list[float | None]) -> str:
        text, pen = "", "M"
        for place, share in enumerate(values):
            if share is None or pd.isna(share):
                pen = "M"
                continue
            x, y = spot(place, share)
            text, pen = f"{text}{pen}{x:.1f} {y:.1f}", "L"
        return text

    dots = [spot(place, s) for place, s in enumerate(shares) if s is not None and not pd.isna(s)]
    return (
        f'<svg width="{WIDE}" height="{HIGH}" fill="none"><path d="{path([*medians])}" stroke="#b9c0cc"/>'
        f'<path d="{path(shares)}" stroke="{plots.BLUE}" stroke-width="1.6"/>'
        + "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2" fill="{plots.BLUE}"/>' for x, y in dots)
        + "</svg>"
    )


def page(found: Progress) -> str:
    """The whole page, as HTML."""
    assignments = list(found.medians["assignment"])
    cells = {(c["student"], c["assignment"]): c for c in found.cells.to_dict("records")}
    heads = ["Student", *assignments, "Over the course", "Points", "%"]
    rows = ["<tr>" + "".join(f"<th>{html.escape(h)}</th>" for h in heads) + "</tr>"]
    least = float(found.cells["percent"].fillna(100).min())
    for row in found.students.sort_values(["last name", "first name", "student"], key=_folded).to_dict("records"):
        mine = [cells.get((row["student"], a)) for a in assignments]
        name = f"{row['last name']}, {row['first name']}".strip(", ") or row["student"]
        drawn = line([c and c["percent"] for c in mine], list(found.medians["median"]), least)
        share = "" if pd.isna(row["percent"]) else f"{row['percent']:.0f}"
        rows.append(
            f'<tr><td title="{html.escape(row["student"])}">{html.escape(name)}</td>'
            + "".join(map(_cell, mine))
            + f'<td>{drawn}</td><td class="n">{row["points"]:.4g} / {row["of"]:g}</td><td class="n">{share}</td></tr>'
        )
    legend = "".join(f'<span class="{k}">{sign} {text}</span>' for k, (sign, text) in STATES.items())
    shares = found.students[[f"{a} %" for a in assignments]]
    parts = [
        f"<h1>The course so far</h1><p>Students: {len(found.students)}.</p>",
        picture("medians", plots.medians(shares, found.medians)),
        f"<h2>Each student</h2><p class=legend>{legend}</p><p>Percent of the points that are graded, late days taken ",
        "off. The gray line is the class's median. The sum counts what was not handed in as 0.</p>",
        f'<div class="wide"><table class="course">{"".join(rows)}</table></div>',
        "<h2>Each assignment</h2>",
        table_html(found.medians),
    ]
    return document("The course", parts, STYLE)


def _folded(names: pd.Series) -> pd.Series:
    """For sorting: Å beside A, small beside large letters."""
    return names.map(fold)


def _cell(cell: dict | None) -> str:
    """One square of the table: the share, its state, and how late it was."""
    if cell is None:
        return '<td class="state nothing">–</td>'
    sign, text = STATES[cell["state"]]
    share = "" if cell["percent"] is None or pd.isna(cell["percent"]) else f"{cell['percent']:.0f} "
    late = f" <small>+{cell['days late']} d</small>" if cell["days late"] else ""
    points = "" if pd.isna(cell["points"]) else f"{cell['points']:g} of {cell['graded']:g} points; "
    return f'<td class="state {cell["state"]}" title="{points}{text}">{share}{sign}{late}</td>'


def write(course: Course, folder: Path) -> Path:
    """course.html in `folder`, and the CSVs behind it: progress.csv, cells.csv, medians.csv."""
    found = collect(course)
    write_whole(folder / "course.html", page(found))
    write_csv(found.students, folder / "progress.csv")
    write_csv(found.cells, folder / "cells.csv")
    write_csv(found.medians, folder / "medians.csv")
    return folder / "course.html"
