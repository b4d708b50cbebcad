"""Who changed which points when, and why: `changes.csv` in the course folder, a line for every change.

Formgrader, `autograde`, `regrade` and all else that loads the course's configuration write through nbgrader's
gradebook, so one listener there sees them all. The first grade by tests is not listed. Lines are only ever added.
"""

import csv
import fcntl
import getpass
import io
import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from nbgrader.api import Grade
from sqlalchemy import event, inspect
from sqlalchemy.orm import Session

from coursework.core.course import CONFIG_NAME, Course, StaffError

HEADS = ("when", "assignment", "student", "cell", "what", "before", "after", "by", "through", "why")
KINDS = {"auto_score": "tests", "manual_score": "grader", "extra_credit": "extra credit"}
WAITING, UNWRITTEN = "coursework_changes", "coursework_unwritten"  # in a session's info: until a commit, or after it
LOG = logging.getLogger("traitlets")  # as nbgrader's own, whose window or terminal it is
_reason: ContextVar[tuple[str, str]] = ContextVar("reason", default=("", ""))


@contextmanager
def because(through: str, why: str = "") -> Iterator[None]:
    """What is written meanwhile is changed through this command, for this reason."""
    mark = _reason.set((through, why))
    try:
        yield
    finally:
        _reason.reset(mark)


def path(course: Course) -> Path:
    return course.root / "changes.csv"


def changes(course: Course, assignment: str, student: str = "") -> list[dict[str, str]]:
    """The lines of an assignment, of one student or of all, the oldest first."""
    if not path(course).exists():
        return []
    rows = csv.DictReader(io.StringIO(path(course).read_text(encoding="utf-8-sig")))
    return [r for r in rows if r.get("assignment") == assignment and student in ("", r.get("student"))]


def listen() -> None:
    """From now on, note changes of points in this process; may be called again."""
    if not event.contains(Session, "before_flush", _see):
        event.listen(Session, "before_flush", _see)
        event.listen(Session, "after_commit", _write)
        event.listen(Session, "after_soft_rollback", _forget)


def _see(session: Session, *_: Any) -> None:
    for grade in [g for g in session.dirty if isinstance(g, Grade)]:
        for name, what in KINDS.items():
            found = inspect(grade).attrs[name].history
            before, after = (found.deleted or [None])[0], (found.added or [None])[0]
            if not found.has_changes() or before == after or (before is None and name != "manual_score"):
                continue
            if before is None and grade.needs_manual_grade and after is None:
                continue
            with session.no_autoflush:
                submission = grade.notebook.assignment
                row = [submission.assignment.name, submission.student.id, grade.name, what, before, after]
            session.info.setdefault(WAITING, []).append(row)


def _write(session: Session) -> None:
    """Add what was committed. The points are in the gradebook by now, so nothing here may raise: a session whose
    listener fails takes no further request, and formgrader would save nothing more."""
    rows = session.info.pop(UNWRITTEN, []) + session.info.pop(WAITING, [])
    folder = _folder(session) if rows else None
    if folder is None:
        return
    try:
        _append(folder, rows)
    except OSError as error:
        session.info[UNWRITTEN] = rows  # they are written with the next change
        LOG.warning("changes.csv misses %d changes until it can be written (%s)", len(rows), error.strerror)


def _append(folder: Path, rows: list[list]) -> None:
    through, why = _reason.get()
    now = datetime.now(UTC).isoformat(timespec="seconds")
    who = os.environ.get("JUPYTERHUB_USER") or getpass.getuser()
    program = through or ("formgrader" if "jupyter" in Path(sys.argv[0]).name else Path(sys.argv[0]).name)
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
    for row in rows:
        shown = [_points(value) for value in row[4:]]
        writer.writerow([now, *row[:4], *shown, who, program, why])
    with (folder / "changes.csv").open("a", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        if not file.tell():
            file.write(",".join(f'"{head}"' for head in HEADS) + "\n")
        file.write(out.getvalue())


def _points(value: Any) -> str:
    """Points as they are read; formgrader sends what was typed, a number or a text."""
    try:
        return "" if value is None else f"{float(value):g}"
    except (TypeError, ValueError):
        return str(value)


def _forget(session: Session, *_: Any) -> None:
    session.info.pop(WAITING, None)


def _folder(session: Session) -> Path | None:
    """The course whose gradebook this is; None for another, a scratch one."""
    url = session.get_bind().engine.url
    if url.get_backend_name() == "sqlite":
        folder = Path(str(url.database)).resolve().parent
        return folder if (folder / CONFIG_NAME).exists() else None
    try:
        course = Course.find()
    except StaffError:
        return None
    return course.root if course.db_url == url.render_as_string(hide_password=False) else None
