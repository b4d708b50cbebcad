"""Who has submitted something that could not be taken: kept between runs, so that nobody counts as silent.

`collect` writes it; the grade table and the reports read it. It can be made again by collecting again.
"""

from collections.abc import Collection
from typing import Any

from coursework.core.course import Course
from coursework.core.files import read_json, write_json
from coursework.core.verdicts import repair_of


def waiting(course: Course, assignment: str) -> dict[str, dict[str, Any]]:
    """student → "file" and "why" of what waits or could not be read, and "files": hash → name, if they compete."""
    found = read_json(course.state(f"waiting-{assignment}.json"), {})
    return found if isinstance(found, dict) else {}


def note(
    course: Course,
    assignment: str,
    now: dict[str, dict[str, Any]],
    taken: set[str],
    elsewhere: Collection[tuple[str, str]] = (),
) -> None:
    """Add what waits `now`, and forget whoever has been `taken`, and the files that wait `elsewhere`.

    Args:
        course: Where it is kept.
        assignment: Its id.
        now: student → what waits, and why.
        taken: Whose submissions of this assignment were taken.
        elsewhere: (student, file) of what waits as another assignment, whatever a run before took it for.
    """
    known = waiting(course, assignment)
    before = {s: about for s, about in known.items() if (s, about.get("file")) not in elsewhere}
    after = {s: about for s, about in (before | now).items() if s not in taken or s in now}
    if after != known:
        write_json(course.state(f"waiting-{assignment}.json"), after)


def unread(course: Course, assignment: str, student: str) -> str:
    """Why the file that was taken from a student holds nothing that can be graded; "" if it does."""
    record = repair_of(course, assignment, student)
    if record.gradable:
        return ""
    said = [r.text for r in record.repairs if r.what == "unreadable"]
    return next(iter(said), "it cannot be read").removeprefix("Nothing could be graded: ").rstrip(".")
