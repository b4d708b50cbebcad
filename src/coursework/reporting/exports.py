"""Grades in the shapes that other systems take, from our own grade table; nbgrader's `export` command takes them, too.

- Canvas (Gradebook, Import), by its importer, lib/gradebook_importer.rb in instructure/canvas-lms: Student, ID, SIS
  User ID, SIS Login ID, Section in this order, then a column named like the assignment there, "Title" or "Title (its
  number)"; a row "Points Possible". People are found by ID, Canvas's own number, whose leading digits alone are read;
  then by SIS User ID, by SIS Login ID, by "Last, First".
- Moodle (Grades, Import, CSV file), by grade/import/csv/classes/load_data.php in moodle/moodle: people by "Email
  address" or "ID number" (mapped in the import's form, letters' case matters; one that is not found stops the import);
  grade and feedback columns belong together, as an import of feedback alone would empty the grades.
- Gradescope takes no grades; an autograder there writes results.json, so there is one such file for each student, by
  https://gradescope-autograders.readthedocs.io/en/latest/specs/.

For Canvas and Moodle an empty cell empties the grade that is there, so who has no total yet is left out.
"""

import csv
import io
import json
import re
from pathlib import Path

import pandas as pd
from nbgrader.api import MissingEntry
from nbgrader.plugins import ExportPlugin

from coursework.core.books import Gradebook
from coursework.core.cells import question
from coursework.core.course import Course, StaffError
from coursework.core.deadlines import roster
from coursework.core.files import write_whole
from coursework.core.students import Student
from coursework.core.text import counted
from coursework.grading.verdicts import verdict_of
from coursework.reporting.course_total import refuse_settings, total
from coursework.reporting.grades import NotGraded, grade_table, harmless

SHAPES = ("plain", "canvas", "moodle", "gradescope")
# Canvas takes a column with one of these in its title for its own sums, and leaves it out.
OWN_SUMS = re.compile(r"(Current|Final) (Score|Points|Grade)|Override (Score|Grade|Status)")


def _people(course: Course, table: pd.DataFrame) -> list[tuple[Student, dict]]:
    """(student, row) for everybody who has a total, with what the roster knows; whoever has left it is left out."""
    known = roster(course)
    found = []
    for row in table.to_dict("records"):
        if pd.isna(row["total"]) or (known and row["student"] not in known.by_id):
            continue
        student = known.by_id.get(row["student"]) if known else None
        found.append((student or Student(row["student"], row["last name"], row["first name"]), row))
    return found


def _text(rows: list[list[object]]) -> str:
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows)
    return out.getvalue()


def canvas(course: Course, assignment: str, table: pd.DataFrame, column: str = "") -> str:
    """The CSV that Canvas's gradebook imports of the grade `table`; `column` is the assignment's title there."""
    if OWN_SUMS.search(column):
        raise StaffError(f"Canvas does not import a column named {column!r}: it takes it for a sum of its own")
    points = max(table["points"], default=0)
    rows: list[list[object]] = [["Student", "ID", "SIS User ID", "SIS Login ID", "Section", column or assignment]]
    rows.append(["    Points Possible", "", "", "", "", harmless(float(points))])
    for s, row in _people(course, table):
        name = f"{s.last}, {s.first}"
        number = s.number if s.number.isdecimal() else ""  # of "12ab" Canvas would take the 12, somebody else's
        rows.append([*map(harmless, (name, number, s.id, s.email or s.id, s.section)), harmless(row["total"])])
    return _text(rows)


def moodle(course: Course, assignment: str, table: pd.DataFrame, column: str = "") -> str:
    """The CSV that Moodle's grade import takes of the grade `table`; `column` is the grade's header."""
    rows: list[list[object]] = [
        ["First name", "Last name", "ID number", "Email address", column or assignment, "Feedback comments"]
    ]
    for s, row in _people(course, table):
        waits = f"answers that wait for a grader: {row['waiting']}" if row["waiting"] else ""
        said = "; ".join(t for t in (row["notes"], waits) if t)
        rows.append(
            [*map(harmless, (s.first, s.last, s.number or s.id, s.email)), harmless(row["total"]), harmless(said)]
        )
    return _text(rows)


def gradescope(course: Course, assignment: str, table: pd.DataFrame) -> dict[str, str]:
    """student → results.json, a test for every question of the grade `table`."""
    heads = {c: float(c.rpartition("(")[2].rstrip(")")) for c in table.columns if c[:1].isdigit()}
    found = {}
    for s, row in _people(course, table):
        verdict = verdict_of(course, assignment, s.id)
        cells = verdict.cells if verdict else {}
        tests = []
        for head, most in heads.items():
            number = head.partition(" ")[0]
            lines = [c.message for grade_id, c in cells.items() if question(grade_id) == number and c.message]
            about = {
                "number": number,
                "name": f"Question {number}",
                "score": row[head],
                "max_score": most,
                "output": "\n".join(lines),
            }
            tests.append(about | {"visibility": "visible"})
        if row["penalty"]:
            tests.append({"name": "late", "score": -row["penalty"], "max_score": 0, "visibility": "visible"})
        # Text: by default Gradescope takes the upper output for HTML.
        content = {"score": row["total"], "output": row["notes"], "output_format": "text", "tests": tests}
        found[s.id] = json.dumps(content, ensure_ascii=False, indent=1)
    return found


def course_table(course: Course) -> pd.DataFrame:
    """One row a student, the total of each graded assignment a column, their sum, and the course's share of all.

    The share is made by the settings `weights`, `best_of` and `bonus`; "counts" names the assignments in it.
    """
    tables = {}
    refuse_settings(course.settings, course.assignments)
    for assignment in course.assignments:
        try:
            tables[assignment] = grade_table(course, assignment)
        except NotGraded:
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
    heads = list(whole.columns[3:])
    scores = whole[heads].apply(pd.to_numeric)
    points = {a: float(max(t["points"], default=0)) for a, t in tables.items()}
    found = []
    for row in scores.itertuples(index=False):
        mine = {a: None if pd.isna(value) else float(value) for a, value in zip(tables, row, strict=True)}
        found.append(total(course.settings, mine, {a: p for a, p in points.items() if p}))
    whole["total"] = scores.sum(axis=1)
    whole["percent"] = [round(100 * t.share, 2) for t in found]
    whole["counts"] = [" ".join(t.counted) for t in found]
    return whole


def write(course: Course, assignment: str, shape: str, path: Path, column: str = "") -> str:
    """Write one shape; returns a line that says what, and who is left out. `column`: the assignment's title there."""
    if shape not in SHAPES[1:]:
        raise StaffError(f"no shape {shape!r}: say {', '.join(SHAPES)}")
    table = grade_table(course, assignment)
    if shape == "gradescope":
        if column:
            raise StaffError("results.json has no columns: leave --column out")
        found = gradescope(course, assignment, table)
        for student, text in found.items():
            write_whole(path / student / "results.json", text)
        said = f"{path}/STUDENT/results.json: {counted(len(found), 'student')}"
    else:
        write_whole(path, {"canvas": canvas, "moodle": moodle}[shape](course, assignment, table, column))
        said = f"{path}: {counted(len(_people(course, table)), 'student')}"
    known = roster(course)
    left = ~table["student"].isin(known.by_id if known else table["student"])
    for text, which in (
        ("left out, as they are not in the roster", left & table["total"].notna()),
        ("left out, as the total is held back", table["state"] == "held"),
        ("left out, as they are not graded yet", table["state"] == "not graded yet"),
        ("with a grade of an earlier submission", table["state"] == "outdated"),
        ("with answers that wait for a grader and count as 0", (table["waiting"] > 0) & table["total"].notna()),
    ):
        if which.any():
            said += f"; {text}: {', '.join(table[which]['student'])}"
    return said


class _Export(ExportPlugin):
    """`nbgrader export --exporter=coursework.reporting.exports.CanvasExport --assignment "['hw1-mlp']" --to FILE`."""

    shape = ""

    def export(self, gradebook: Gradebook) -> None:
        try:
            self._write(Course.find(), gradebook)
        except StaffError as error:
            self.log.error(str(error))
            raise SystemExit(1) from None

    def _write(self, course: Course, gradebook: Gradebook) -> None:
        named = [str(a) for a in self.assignment] or course.assignments
        graded = [a for a in named if _is_graded(gradebook, a)]
        for assignment in sorted({*named} - {*graded}):
            self.log.warning(f"nobody is graded in {assignment}: left out")
        if not graded:
            raise StaffError("nothing is graded yet: run `coursework autograde` first")
        if self.to and len(graded) > 1:
            raise StaffError(
                f"--to names one file for {' and '.join(graded)}: say --assignment \"['{graded[0]}']\", too"
            )
        for assignment in graded:
            path = Path(self.to or f"grades-{assignment}-{self.shape}.csv")
            self.log.info(write(course, assignment, self.shape, path))


def _is_graded(gradebook: Gradebook, assignment: str) -> bool:
    try:
        return bool(gradebook.assignment_submissions(assignment))
    except MissingEntry:
        return False


class CanvasExport(_Export):
    shape = "canvas"


class MoodleExport(_Export):
    shape = "moodle"
