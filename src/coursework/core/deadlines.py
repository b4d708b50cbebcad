"""Deadlines, extensions, grace days and what a late submission costs; nbgrader's AssignLatePenalties asks `LateDays`.

A deadline is in nbgrader_config.py, an extension in the roster, the time of a submission in its timestamp.txt. Late
days are days of the calendar in the course's zone: a minute is one. Grace days are spent on the earliest deadlines
first, as they were when they passed. What is left costs a factor a day. Penalties follow the score, so they are settled
again when a human has graded.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache
from pathlib import Path

from nbgrader.api import MissingEntry
from nbgrader.plugins import LateSubmissionPlugin

from coursework.core import clock
from coursework.core.books import Gradebook
from coursework.core.course import Course, StaffError
from coursework.core.roster import Roster


@dataclass(frozen=True)
class Late:
    """`days` after the deadline with its extension, how many of them were `graced`, and the `factor` on the score."""

    days: int = 0
    graced: int = 0
    factor: float = 1.0

    @property
    def text(self) -> str:
        if not self.days:
            return ""
        grace = ""
        if self.graced:
            what = "a grace day" if self.graced == 1 else "grace days"
            grace = f", {what}" if self.graced == self.days else f", {self.graced} of them {what}"
        return f"{self.days} day{'s' if self.days > 1 else ''} late{grace}"


@lru_cache(maxsize=8)
def _read_roster(path: Path, changed: float) -> Roster:
    return Roster.read(path)


def roster(course: Course) -> Roster | None:
    """The class, if the settings name a roster."""
    if not course.settings.roster:
        return None
    path = course.root / course.settings.roster
    if not path.exists():
        raise StaffError(f"the roster {path} is not there: correct c.CourseworkSettings.roster")
    people, known = _read_roster(path, path.stat().st_mtime), {a.casefold() for a in course.assignments}
    if unknown := sorted({a for s in people.students for a in s.extensions if a and a.casefold() not in known}):
        raise StaffError(f"the roster {path.name} has a column 'extension {unknown[0]}', but source/ has no such thing")
    return people


def deadline(course: Course, assignment: str) -> datetime | None:
    """The deadline in UTC, without extensions; None when there is none."""
    text = dict(course.settings.deadlines).get(assignment)
    return clock.moment(str(text), course.settings.zone) if text else None


def due(course: Course, assignment: str, student: str) -> datetime | None:
    """The deadline of this student in UTC: with the roster's extension, at the same time on the course's clock."""
    when, people = deadline(course, assignment), roster(course)
    if when is not None and people is not None and student in people.by_id:
        return clock.later(when, people.by_id[student].extension(assignment), course.settings.zone)
    return when


def handed_in_at(course: Course, assignment: str, student: str) -> datetime | None:
    """When it was handed in, UTC."""
    path = course.submitted(student, assignment) / "timestamp.txt"
    if not path.exists():
        return None
    try:
        return clock.stamped(path.read_text().strip())
    except ValueError as error:
        raise StaffError(f"{path} holds no time: {error}") from None


def days_late(when: datetime, limit: datetime, grace: timedelta = timedelta(), here: tzinfo = UTC) -> int:
    """Days of the calendar in the zone `here` after `limit`, counted up; 0 up to `grace` after it."""
    return 0 if when <= limit + max(grace, timedelta()) else clock.days_after(when, limit, here)


def standing(course: Course, student: str) -> dict[str, Late]:
    """assignment → how late this student was, for every one with a deadline, grace days spent in their order."""
    settings = course.settings
    dated = [(when, a) for a in course.assignments if (when := due(course, a, student)) is not None]
    left, found = settings.grace_days, {}
    for limit, assignment in sorted(dated):
        when = handed_in_at(course, assignment, student)
        days = 0 if when is None else days_late(when, limit, timedelta(minutes=settings.grace_minutes), settings.zone)
        graced = min(days, left)
        left -= graced
        charged = days - graced
        factor = settings.late_multiplier**charged
        if settings.late_days_most and charged > settings.late_days_most:
            factor = 0.0
        found[assignment] = Late(days, graced, factor)
    return found


def late(course: Course, assignment: str, student: str) -> Late:
    return standing(course, student).get(assignment, Late())


class LateDays(LateSubmissionPlugin):
    """What nbgrader takes off a late submission: the score times one minus the factor."""

    def late_submission_penalty(self, student_id: str, score: float, total_seconds_late: float) -> float | None:
        course = Course.find()
        return penalty(course, self.parent.assignment_id, student_id, score)


def penalty(course: Course, assignment: str, student: str, score: float) -> float | None:
    found = late(course, assignment, student)
    return round(score * (1 - found.factor), 4) if found.days and found.factor < 1 else None


def settle(course: Course, assignment: str) -> None:
    """Set every late penalty by the scores as they are now, manual ones included."""
    with Gradebook(course.db_url) as gradebook:
        try:
            submissions = gradebook.assignment_submissions(assignment)
        except MissingEntry:
            return
        for submission in submissions:
            for notebook in submission.notebooks:
                notebook.late_submission_penalty = penalty(course, assignment, submission.student.id, notebook.score)
        gradebook.db.commit()


def named(course: Course, student: str) -> str:
    """A student's id with the name beside it, as the roster has it: two of one name stay apart."""
    people = roster(course)
    known = people.by_id.get(student) if people else None
    return f"{student} ({known.name})" if known and known.name else student
