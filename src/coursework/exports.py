"""Grades in the shapes that other systems take, from our own grade table; nbgrader's `export` command takes them, too.

- Canvas (Gradebook, Import): Student, ID, SIS User ID, SIS Login ID, Section and a column named like the assignment in
  Canvas; a row "Points Possible" below the header. Canvas finds people by ID or by the SIS columns.
- Moodle (Grades, Import, CSV file): people by "Email address" or "ID number" (map it so in the import's form, letters'
  case matters); grade and feedback columns belong together, as an import of feedback alone would empty the grades.
- Gradescope takes no grades; an autograder there writes results.json, so there is one such file for each student.
"""

import csv
import io
import json
from pathlib import Path

import pandas as pd
from nbgrader.api import Gradebook
from nbgrader.plugins import ExportPlugin

from coursework.course import Course, StaffError
from coursework.files import read_json, write_whole
from coursework.grades import grade_table, harmless
from coursework.late import roster
from coursework.roster import Student

SHAPES = ("plain", "canvas", "moodle", "gradescope")


def _people(course: Course, table: pd.DataFrame) -> list[tuple[Student, dict]]:
    """(student, row) for everybody who handed in, with what the roster knows."""
    known = roster(course)
    found = []
    for row in table.to_dict("records"):
        if row["state"] == "nothing handed in":
            continue
        student = known.by_id.get(row["student"]) if known else None
        found.append((student or Student(row["student"], row["last name"], row["first name"]), row))
    return found


def _total(row: dict) -> object:
    """The total; empty while it is held back."""
    return harmless(row["total"])


def _text(rows: list[list[object]]) -> str:
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows)
    return out.getvalue()


def canvas(course: Course, assignment: str) -> str:
    """The CSV that Canvas's gradebook imports."""
    table = grade_table(course, assignment)
    points = max(table["points"], default=0)
    rows: list[list[object]] = [["Student", "ID", "SIS User ID", "SIS Login ID", "Section", assignment]]
    rows.append(["    Points Possible", "", "", "", "", harmless(float(points))])
    for s, row in _people(course, table):
        name = f"{s.last}, {s.first}"
        rows.append([*map(harmless, (name, s.number, s.id, s.email or s.id, s.section)), _total(row)])
    return _text(rows)


def moodle(course: Course, assignment: str) -> str:
    """The CSV that Moodle's grade import takes."""
    rows: list[list[object]] = [
        ["First name", "Last name", "ID number", "Email address", assignment, "Feedback comments"]
    ]
    for s, row in _people(course, grade_table(course, assignment)):
        waits = f"{row['waiting']} answers wait for a reader" if row["waiting"] else ""
        said = "; ".join(t for t in (row["notes"], waits) if t)
        rows.append([*map(harmless, (s.first, s.last, s.number or s.id, s.email)), _total(row), harmless(said)])
    return _text(rows)


def gradescope(course: Course, assignment: str) -> dict[str, str]:
    """student → results.json, a test for every question."""
    table = grade_table(course, assignment)
    heads = {c: float(c.rpartition("(")[2].rstrip(")")) for c in table.columns if c[:1].isdigit()}
    found = {}
    for s, row in _people(course, table):
        verdict = read_json(course.autograded(s.id, assignment) / "verdict.json", {})
        tests = []
        for head, most in heads.items():
            number = head.partition(" ")[0]
            lines = [
                c["message"] for c in verdict.get("cells", {}).values() if c["question"] == number and c["message"]
            ]
            about = {"name": number, "score": row[head], "max_score": most, "output": "\n".join(lines)}
            tests.append(about | {"visibility": "visible"})
        if row["penalty"]:
            tests.append({"name": "late", "score": -row["penalty"], "max_score": 0, "visibility": "visible"})
        content = {"score": row["total"], "output": row["notes"], "tests": tests}
        found[s.id] = json.dumps(content, ensure_ascii=False, indent=1)
    return found


def course_table(course: Course) -> pd.DataFrame:
    """One row a student, the total of each graded assignment a column, and their sum."""
    tables = {}
    for assignment in course.assignments:
        try:
            tables[assignment] = grade_table(course, assignment)
        except StaffError:
            continue
    if not tables:
        raise StaffError("nothing is graded yet: run `coursework autograde` first")
    whole: pd.DataFrame | None = None
    for assignment, table in tables.items():
        points = max(table["points"], default=0)
        part = table[["student", "last name", "first name", "total"]].rename(
            columns={"total": f"{assignment} ({points:g})"}
        )
        whole = part if whole is None else whole.merge(part, on=["student", "last name", "first name"], how="outer")
    assert whole is not None
    whole["total"] = whole.iloc[:, 3:].apply(pd.to_numeric).sum(axis=1)
    return whole


def write(course: Course, assignment: str, shape: str, path: Path) -> str:
    """Write one shape; returns a line that says what."""
    if shape == "gradescope":
        found = gradescope(course, assignment)
        for student, text in found.items():
            write_whole(path / student / "results.json", text)
        return f"{path}/STUDENT/results.json: {len(found)} students"
    makers = {"canvas": canvas, "moodle": moodle}
    if shape not in makers:
        raise StaffError(f"no shape {shape!r}: say {', '.join(SHAPES)}")
    text = makers[shape](course, assignment)
    write_whole(path, text)
    return f"{path}: {text.count(chr(10)) - 1} rows"


class _Export(ExportPlugin):
    """`nbgrader export --exporter=coursework.exports.CanvasExport --assignment "['hw1-mlp']" --to FILE`."""

    shape = ""

    def export(self, gradebook: Gradebook) -> None:
        course = Course.find()
        for assignment in self.assignment or course.assignments:
            path = Path(self.to or f"grades-{assignment}-{self.shape}.csv")
            self.log.info(write(course, str(assignment), self.shape, path))


class CanvasExport(_Export):
    shape = "canvas"


class MoodleExport(_Export):
    shape = "moodle"
