"""The class at a glance, for staff: how an assignment went, question by question, and what went wrong.

One HTML page that needs no other file, and a CSV behind every figure. The mean share of a question's points is low
where it was hard; answers that wait for a grader are left out of it. Discrimination is the correlation of a question
with the rest of the test (item-rest correlation; e.g. Ebel and Frisbie, Essentials of Educational Measurement, 1991).
Only those who submitted are counted.
"""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from coursework.core.course import Course, StaffError
from coursework.core.deadlines import due, handed_in_at, late, roster
from coursework.core.files import write_whole
from coursework.core.verdicts import CellVerdict, Verdict, repair_of
from coursework.grading.verdicts import verdict_of
from coursework.judging import asserts
from coursework.reporting import course_report, plots
from coursework.reporting.exports import course_table
from coursework.reporting.grades import UNREAD, grade_table, waiting_questions, write_csv
from coursework.reporting.similarity import equal_files
from coursework.returning.sheet import render

HEADS = {
    "questions": "Questions", "checks": "Tests", "misconceptions": "Recognised misconceptions",
    "late": "Late", "missing": "Nothing from",
    "repairs": "Repairs", "equal-files": "Equal files in several submissions", "runs": "Runs: time, memory, limits",
    "totals": "Totals",
}  # fmt: skip
BELOW = {"questions": "questions", "late": "arrivals", "runs": "budget"}  # which picture belongs below which head


@dataclass
class Report:
    """The tables of one assignment, each under its name, and the page's pictures."""

    assignment: str
    handed_in: int
    ungraded: int
    tables: dict[str, pd.DataFrame] = field(default_factory=dict)
    pictures: dict[str, bytes] = field(default_factory=dict)


def collect_tables(course: Course, assignment: str) -> Report:
    """Everything that the gradebook and the records say of an assignment. Raises StaffError when nobody is graded."""
    course.source(assignment)
    grades = grade_table(course, assignment)
    here = grades[grades["raw"].notna()]
    if here.empty:
        raise StaffError(f"nobody is graded in {assignment}: run `coursework autograde {assignment}` first")
    ungraded = int((grades["state"] == "not graded yet").sum())
    report = Report(assignment, len(here) + ungraded, ungraded)
    verdicts = {s: verdict_of(course, assignment, s) or Verdict(cells={}) for s in here["student"]}
    repairs = [r.what for s in here["student"] for r in repair_of(course, assignment, s).repairs]
    report.tables["questions"] = questions(here, waiting_questions(course, assignment))
    report.tables["checks"] = checks(verdicts)
    report.tables["misconceptions"] = misconceptions(verdicts)
    report.tables["repairs"] = counted(repairs, "repair")
    report.tables["late"] = lateness(course, assignment, here)
    report.tables["arrivals"] = arrivals(course, assignment, here)
    report.tables["missing"] = missing(course, grades)
    report.tables["equal-files"] = equal_files(course, assignment)
    report.tables["runs"] = runs(course, verdicts, here)
    report.tables["totals"] = here[
        ["student", "last name", "first name", "raw", "penalty", "total", "waiting", "state"]
    ].reset_index(drop=True)
    return report


def questions(here: pd.DataFrame, waits: dict[str, set[str]]) -> pd.DataFrame:
    """One row a question: points, mean, its share of the points, discrimination, how many have all and none of them.

    Args:
        here: The grade table of those who are graded.
        waits: Student → the questions in which a grader has still to decide: they count in none of these numbers.
    """
    heads = [c for c in here.columns if c[:1].isdigit()]
    scores = here[heads].apply(pd.to_numeric)
    for head in heads:
        number = head.partition(" ")[0]
        scores[head] = scores[head].where([number not in waits.get(student, ()) for student in here["student"]])
    rows = []
    for head in heads:
        most = float(head.rpartition("(")[2].rstrip(")"))
        mine, rest = scores[head], scores.drop(columns=head).sum(axis=1)
        varies = mine.std() > 0 and rest.std() > 0
        rows.append(
            {
                "question": head.partition(" ")[0],
                "points": most,
                "waiting": int(mine.isna().sum()),
                "mean": mine.mean(),
                "mean share": mine.mean() / most,
                "discrimination": mine.corr(rest) if varies else None,
                "all points": int((mine >= most - 1e-9).sum()),
                "no points": int((mine <= 1e-9).sum()),
            }
        )
    return pd.DataFrame(rows)


def checks(verdicts: dict[str, Verdict]) -> pd.DataFrame:
    """One row a test: how many passed, and the commonest thing that was said to the others."""
    rows: dict[str, dict] = {}
    for verdict in verdicts.values():
        for grade_id, cell in verdict.cells.items():
            row = rows.setdefault(
                grade_id,
                {
                    "test": grade_id,
                    "points": cell.points,
                    "decided in": "the student's process" if _asserted(cell) else "the grader's process",
                    "passed": 0,
                    "said": Counter(),
                },
            )
            row["passed"] += cell.passed
            if not cell.passed:
                row["said"][cell.message] += 1
    for row in rows.values():
        row["pass rate"] = row["passed"] / max(1, len(verdicts))
        said = row.pop("said").most_common(1)
        row["most said"], row["times"] = said[0] if said else ("", 0)
    return pd.DataFrame(rows.values())


def _asserted(cell: CellVerdict) -> bool:
    return any(check.name == asserts.NAME for check in cell.checks)


def misconceptions(verdicts: dict[str, Verdict]) -> pd.DataFrame:
    """How many students made which recognised misconception of the bank."""
    who: dict[str, set[str]] = {}
    said: dict[str, str] = {}
    for student, verdict in verdicts.items():
        for check in (check for cell in verdict.cells.values() for check in cell.checks):
            if check.misconception:
                who.setdefault(check.misconception, set()).add(student)
                said[check.misconception] = check.message.partition(": ")[2]
    rows = [{"misconception": name, "students": len(names), "sentence": said[name]} for name, names in who.items()]
    table = pd.DataFrame(rows, columns=["misconception", "students", "sentence"])
    return table.sort_values("students", ascending=False, ignore_index=True)


def counted(things, name: str) -> pd.DataFrame:  # type: ignore[no-untyped-def]
    return pd.DataFrame(Counter(things).most_common(), columns=[name, "times"])


def lateness(course: Course, assignment: str, here: pd.DataFrame) -> pd.DataFrame:
    """Who was late: how many days, how many of them were grace days, and the points that the others cost."""
    rows = []
    for row in here.to_dict("records"):
        found = late(course, assignment, row["student"])
        if found.days:
            when = handed_in_at(course, assignment, row["student"])
            rows.append(
                {
                    "student": row["student"],
                    "name": f"{row['first name']} {row['last name']}".strip(),
                    "handed in": f"{when:%Y-%m-%d %H:%M} UTC" if when else "",
                    "days": found.days,
                    "grace days": found.graced,
                    "factor": found.factor,
                    "penalty": row["penalty"],
                }
            )
    columns = ["student", "name", "handed in", "days", "grace days", "factor", "penalty"]
    return pd.DataFrame(rows, columns=columns).sort_values("days", ascending=False, ignore_index=True)


def arrivals(course: Course, assignment: str, here: pd.DataFrame) -> pd.DataFrame:
    """When each submission came, in hours after the student's own deadline; empty where there is none."""
    rows = []
    for student in here["student"]:
        when, limit = handed_in_at(course, assignment, student), due(course, assignment, student)
        if when and limit:
            hours = (when - limit).total_seconds() / 3600
            rows.append({"student": student, "handed in": when.isoformat(), "hours after": round(hours, 2)})
    return pd.DataFrame(rows, columns=["student", "handed in", "hours after"])


def missing(course: Course, grades: pd.DataFrame) -> pd.DataFrame:
    """Who has submitted nothing, or something that could not be taken."""
    people, rows = roster(course), []
    for row in grades[grades["state"].isin(["nothing handed in", UNREAD])].to_dict("records"):
        about = people.by_id.get(row["student"]) if people else None
        more = [about.section, about.email] if about else ["", ""]
        rows.append([row["student"], row["last name"], row["first name"], *more, row["state"], row["notes"]])
    return pd.DataFrame(rows, columns=["student", "last name", "first name", "section", "email", "state", "notes"])


def runs(course: Course, verdicts: dict[str, Verdict], here: pd.DataFrame) -> pd.DataFrame:
    """One row a student: seconds and memory, their shares of what is allowed, the slowest cell, limits hit, notes."""
    seconds_most, memory_most = course.settings.total_seconds, course.settings.memory_gib * 2**30
    notes = here.set_index("student")["notes"]
    rows = []
    for student, verdict in verdicts.items():
        seconds = verdict.seconds
        rows.append(
            {
                "student": student,
                "seconds": seconds.wall,
                "of the time": seconds.wall / seconds_most,
                "CPU seconds": seconds.cpu,
                "slowest cell": seconds.slowest_cell or "",
                "MiB": round(verdict.peak_memory / 2**20),
                "of the memory": verdict.peak_memory / memory_most,
                "limits hit": len(verdict.limits),
                "notes": notes[student],
            }
        )
    return pd.DataFrame(rows).sort_values("seconds", ascending=False, ignore_index=True)


def draw(report: Report) -> None:
    """The page's pictures."""
    tables = report.tables
    report.pictures["distribution"] = plots.distribution(tables["totals"], tables["questions"]["points"].sum())
    report.pictures["questions"] = plots.questions(tables["questions"])
    report.pictures["budget"] = plots.budget(tables["runs"])
    if len(tables["arrivals"]):
        report.pictures["arrivals"] = plots.arrivals(tables["arrivals"])


def page(report: Report) -> str:
    """The whole page, as HTML."""
    waiting, lost = int(report.tables["totals"]["waiting"].sum()), report.tables["missing"]["state"]
    unread, missing = int((lost == UNREAD).sum()), int((lost != UNREAD).sum())
    return render(
        __package__, "report.html", report=report, waiting=waiting, missing=missing, unread=unread, heads=HEADS,
        below=BELOW,
    )  # fmt: skip


def write(course: Course, assignment: str, folder: Path) -> list[Path]:
    """report.html and a CSV for each table in `folder`, and the page of the whole course beside it."""
    report = collect_tables(course, assignment)
    draw(report)
    write_whole(folder / "report.html", page(report))
    for name, table in report.tables.items():
        write_csv(table, folder / f"{name}.csv")
    write_csv(course_table(course), folder / "course.csv")
    course_report.write(course, folder.parent)
    return [folder / "report.html", *sorted(folder.glob("*.csv"))]
