"""The gradebook as a table: a row a student, a column a question, quoted CSV."""

import csv
from pathlib import Path

import pandas as pd
from nbgrader.api import MissingEntry

from coursework.core.books import Gradebook
from coursework.core.cells import question
from coursework.core.course import Course, StaffError
from coursework.core.deadlines import late, roster, settle
from coursework.core.files import write_whole
from coursework.core.verdicts import Verdict
from coursework.grading.verdicts import outdated, verdict_of
from coursework.intake.waiting import unread, waiting

UNREAD = "could not be taken"  # the state of whoever submitted something that cannot be read
SUMS = ("automatic", "manual", "raw", "penalty", "total")


class NotGraded(StaffError):
    """There is no table of an assignment yet."""


def grade_table(course: Course, assignment: str) -> pd.DataFrame:
    """One row for everybody in the gradebook, the roster or submitted/: names, points so far per question, sums, state.

    "total" is "raw" less the late "penalty". "waiting" counts the answers that a human has still to grade; until then
    they count as 0 in their question. The scores are empty, and the state says why, where a student has submitted
    nothing, or what could not be taken, or is not graded yet; "outdated" is the grade of an earlier submission than the
    one in submitted/. The setting `hold_incomplete` leaves the total open while a required answer, the honor code, is
    missing. Raises NotGraded when the assignment is not recorded, or nobody could have a row.
    """
    settle(course, assignment)
    people = roster(course)
    rows = []
    with Gradebook(course.db_url) as gradebook:
        try:
            known = gradebook.find_assignment(assignment)
        except MissingEntry:
            raise NotGraded(f"the gradebook does not know {assignment}: grade it first") from None
        cells = [c for n in known.notebooks for c in (*n.grade_cells, *n.task_cells)]
        points: dict[str, float] = {}
        for cell in sorted(cells, key=lambda c: question(c.name)):
            points[question(cell.name)] = points.get(question(cell.name), 0.0) + cell.max_score
        heads = {q: f"{q} ({p:g})" for q, p in points.items() if p}
        names = {s.id: (s.last_name or "", s.first_name or "") for s in gradebook.students}
        here = set(course.students(assignment))
        could_not = waiting(course, assignment)
        for s in people.students if people else ():
            names.setdefault(s.id, (s.last, s.first))
        for student in sorted(here | set(names) | set(could_not)):
            last, first = names.get(student, ("", ""))
            row: dict[str, object] = {"student": student, "last name": last, "first name": first}
            if people:
                row["section"] = people.by_id[student].section if student in people.by_id else ""
            try:
                submission = gradebook.find_submission(assignment, student)
            except MissingEntry:
                state = "not graded yet" if student in here else "nothing handed in"
                if student not in here and student in could_not:
                    state = UNREAD
                why = str(could_not.get(student, {}).get("why", ""))
                rows.append(row | dict.fromkeys([*heads.values(), *SUMS]) | {
                    "points": sum(points.values()), "waiting": 0, "state": state, "notes": why,
                })  # fmt: skip
                continue
            grades = [g for n in submission.notebooks for g in n.grades]
            for q, head in heads.items():
                row[head] = sum(g.score or 0.0 for g in grades if question(g.name) == q)
            # What a human has set counts as manual, also on a test cell.
            row["automatic"] = sum(g.auto_score or 0.0 for g in grades if g.manual_score is None)
            row["manual"] = sum((g.manual_score or 0.0) + (g.extra_credit or 0.0) for g in grades)
            penalty = submission.late_submission_penalty or 0.0
            row |= {"raw": submission.score, "penalty": penalty, "total": submission.score - penalty}
            row["points"] = sum(points.values())
            row["waiting"] = sum(bool(g.needs_manual_grade) for g in grades)
            known = verdict_of(course, assignment, student)
            verdict = known or Verdict(cells={})
            row["state"] = "needs review" if verdict.state == "review" else "graded"
            lacks, days = verdict.missing, [t for t in [late(course, assignment, student).text] if t]
            if outdated(course, assignment, student, known):
                row["state"] = "outdated"
                days = [
                    "this grade is of an earlier submission: run `coursework autograde` for the one that is here",
                    *days,
                ]
            if not known:
                days = ["the record of the verdict cannot be read: run `coursework autograde` again", *days]
            if student in could_not:
                days = [f"a later submission could not be taken: {could_not[student].get('why', '')}", *days]
            if unread(course, assignment, student) and not submission.score:
                row["total"], row["state"] = None, UNREAD
            if course.settings.hold_incomplete and lacks:
                row["total"], row["state"] = None, "held"
            row["notes"] = "; ".join([*days, *lacks, *verdict.reasons, *verdict.limits])
            rows.append(row)
    if not rows:
        raise NotGraded(f"nobody is graded in {assignment}: run `coursework autograde {assignment}` first")
    return pd.DataFrame(rows).sort_values("student", ignore_index=True)


def waiting_questions(course: Course, assignment: str) -> dict[str, set[str]]:
    """student → the questions in which a human has still to decide."""
    found: dict[str, set[str]] = {}
    with Gradebook(course.db_url) as gradebook:
        for submission in gradebook.assignment_submissions(assignment):
            names = {question(g.name) for n in submission.notebooks for g in n.grades if g.needs_manual_grade}
            if names:
                found[submission.student.id] = names
    return found


def harmless(value: object) -> object:
    """A text that a spreadsheet would run as a formula gets an apostrophe in front."""
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return "'" + value
    if isinstance(value, float):
        return "" if pd.isna(value) else f"{value:.4f}".rstrip("0").rstrip(".")
    return "" if value is None else value


def write_csv(table: pd.DataFrame, path: Path) -> None:
    """Write the table, every field quoted, UTF-8, whole or not at all."""
    text = table.map(harmless).to_csv(index=False, quoting=csv.QUOTE_ALL)
    write_whole(path, text)
