"""What each student is given back, and the record of it: `returned.csv` in the course folder says who got what when.

A page counts by its content, so that a second run finds only what has changed since; the record can be read and edited
(a line that is deleted is sent again).
"""

import csv
import io
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from nbgrader.api import MissingEntry

from coursework.core import deadlines
from coursework.core.course import Course, StaffError
from coursework.core.files import digest, write_whole
from coursework.core.students import Student
from coursework.core.text import printable
from coursework.core.verdicts import repair_of
from coursework.grading.verdicts import outdated, verdict_of
from coursework.returning.feedback import lacks

HEADS = ("when", "assignment", "student", "name", "way", "to", "content")


@dataclass(frozen=True)
class Parcel:
    """One student's feedback: `files` are (name, path); `content` is the digest of the page."""

    student: Student
    files: tuple[tuple[str, Path], ...]
    content: str
    inbox: str = ""  # where the submission was in the system's download
    original: str = ""  # what the submission was called there


@dataclass
class Return:
    """What a run has for whom; `left_out` are (student, why), `open` those of the parcels that lack
    something: (student, what)."""

    assignment: str
    way: str
    parcels: list[Parcel] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    left_out: list[tuple[str, str]] = field(default_factory=list)
    open: list[tuple[str, str]] = field(default_factory=list)

    @property
    def exit_code(self) -> int:
        """3 when somebody who is graded gets nothing, or a page that is not complete."""
        return 3 if self.left_out or self.open else 0


def record(course: Course) -> Path:
    return course.root / "returned.csv"


def returned(course: Course) -> list[dict[str, str]]:
    """The lines of the record. Raises StaffError when it cannot be read."""
    path = record(course)
    if not path.exists():
        return []
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    if rows and not set(HEADS) <= set(rows[0]):
        raise StaffError(f"{path.name} has not the columns {', '.join(HEADS)}: mend it, or move it away")
    return rows


def note(course: Course, assignment: str, parcel: Parcel, way: str, to: str) -> None:
    """Write one line into the record, at once: what is sent is not sent again when the next one fails."""
    out = io.StringIO()
    writer = csv.DictWriter(out, HEADS, quoting=csv.QUOTE_ALL, lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(returned(course))
    now = datetime.now(UTC).isoformat(timespec="seconds")
    name = printable(parcel.student.name)
    writer.writerow(dict(zip(HEADS, (now, assignment, parcel.student.id, name, way, to, parcel.content), strict=True)))
    write_whole(record(course), out.getvalue())


def plan(
    course: Course, assignment: str, way: str, students: list[str] | None = None, pdf: bool = False, again: bool = False
) -> Return:
    """Who of those graded gets what, by this way, and who does not.

    Args:
        way: As the record has it: canvas, moodle or mail.
        students: Only these; None: everybody graded.
        pdf: The PDF in place of the page.
        again: What was returned before and has not changed, too.

    Raises:
        StaffError: When nobody is graded, or one of `students` is not.
    """
    graded = course.holders("autograded", assignment, f"{assignment}.ipynb")
    if unknown := sorted(set(students or ()) - set(graded)):
        raise StaffError(f"{unknown[0]} is not graded in {assignment}: run `coursework autograde {assignment}` first")
    if not graded:
        raise StaffError(f"nobody is graded in {assignment}: run `coursework autograde {assignment}` first")
    people = deadlines.roster(course)
    before = {r["student"]: r["content"] for r in returned(course) if (r["assignment"], r["way"]) == (assignment, way)}
    found = Return(assignment, way)
    for name in students or graded:
        page = course.feedback(name, assignment) / f"{assignment}.html"
        verdict = verdict_of(course, assignment, name)
        student = people.by_id.get(name) if people else _by_id(name)
        if student is None:
            found.left_out.append((name, "not in the roster"))
        elif not page.is_file():
            found.left_out.append((name, f"no page: run `coursework feedback {assignment}`"))
        elif not verdict or outdated(course, assignment, name, verdict):
            found.left_out.append(
                (name, f"the page is of an earlier submission: run `coursework autograde {assignment}`")
            )
        elif pdf and not page.with_suffix(".pdf").is_file():
            found.left_out.append((name, f"no PDF: run `coursework pdf {assignment}`"))
        else:
            content = digest(page.read_bytes())
            if before.get(name) == content and not again:
                found.unchanged.append(name)
                continue
            if what := _lacks(course, assignment, name):
                found.open.append((name, what))
            path = page.with_suffix(".pdf") if pdf else page
            about = repair_of(course, assignment, name)
            original = Path(about.original).name
            files = ((f"{assignment}-feedback{path.suffix}", path),)
            found.parcels.append(Parcel(student, files, content, about.inbox, original))
    return found


def _lacks(course: Course, assignment: str, student: str) -> str:
    """What a page still waits for; "" also where the gradebook does not know of whom it is."""
    try:
        return lacks(course, assignment, student)
    except MissingEntry:
        return ""


def _by_id(name: str) -> Student:
    """Without a roster the id is `Last_First`."""
    last, _, first = name.rpartition("_")
    return Student(name, last.replace("-", " ") or name, first.replace("-", " ") if last else "")
