"""What staff have decided about files, in `decisions.csv` in the course folder, for people to read and to edit.

A row is about one file, known by its content: whose it is, whether it counts, when it was submitted. `collect` adds a
row for what `--match` says, for a file that was taken out of the inbox where two had waited, for each of several files
of which nothing says the last, and for a late file whose time is not known, with what is to be decided left open; it
changes no row that is there.
"""

import csv
import io
from dataclasses import dataclass, field, replace
from datetime import datetime

from coursework.core import clock, spreadsheet
from coursework.core.course import Course, StaffError
from coursework.core.files import write_whole
from coursework.core.text import printable

NAME = "decisions.csv"
COLUMNS = ("assignment", "student", "file", "sha256", "counts", "time", "note")
LENGTH = 16  # digits of the hash that are written
YES, NO = ("yes", "y", "true", "1", "ja", "oui", "si", "sí"), ("no", "n", "false", "0", "nein", "non")


@dataclass(frozen=True)
class Decision:
    assignment: str
    student: str
    file: str
    sha256: str
    counts: bool | None = None
    time: datetime | None = None
    note: str = ""


@dataclass
class Decisions:
    """`rows` as they are in the file, and `added` by this run."""

    rows: list[Decision] = field(default_factory=list)
    added: list[Decision] = field(default_factory=list)

    @classmethod
    def read(cls, course: Course) -> "Decisions":
        """Raises StaffError, with the line, when the file has been edited into something that cannot be read."""
        path = course.root / NAME
        if not path.exists():
            return cls()
        heads, rows = spreadsheet.read(path, "the decisions")
        if lacks := [c for c in COLUMNS[:4] if c not in heads]:
            raise StaffError(f"{NAME} has no column {lacks[0]!r}: it needs {', '.join(COLUMNS)}")
        found = []
        for line, row in rows:
            counts = row.get("counts", "").strip().casefold()
            if counts and counts not in (*YES, *NO):
                raise StaffError(f"{NAME}, line {line}: counts is {counts!r}; write yes or no, or leave it empty")
            try:
                when = clock.moment(row["time"], course.settings.zone) if row.get("time", "").strip() else None
            except ValueError as error:
                raise StaffError(f"{NAME}, line {line}: the time {error}") from None
            values = {c: row.get(c, "").strip().lstrip("'") for c in COLUMNS if c not in ("counts", "time")}
            if not values["sha256"]:
                raise StaffError(f"{NAME}, line {line}: sha256 is empty, so it is not known which file is meant")
            found.append(Decision(**values, counts=(counts in YES) if counts else None, time=when))
        return cls(found)

    def of(self, digest: str, assignment: str = "", student: str = "") -> Decision | None:
        """The last row about a file, of an assignment and a student if these are given."""
        fitting = [
            r
            for r in (*self.rows, *self.added)
            if digest.startswith(r.sha256) and assignment in ("", r.assignment) and student in ("", r.student)
        ]
        return fitting[-1] if fitting else None

    def add(self, decision: Decision) -> None:
        """Note a decision unless the file has a row already that says the same, or one that is still open."""
        decision = replace(decision, sha256=decision.sha256[:LENGTH])
        known = self.of(decision.sha256, decision.assignment, decision.student)
        if known is None or (
            (known.counts, known.time) != (decision.counts, decision.time) and decision.counts is not None
        ):
            self.added.append(decision)

    def write(self, course: Course) -> None:
        if not self.added:
            return
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        path = course.root / NAME
        before = spreadsheet.text_of(path, "the decisions") if path.exists() else ""
        if not before:
            writer.writerow(COLUMNS)
        for d in self.added:
            counts = "" if d.counts is None else "yes" if d.counts else "no"
            when = d.time.astimezone(course.settings.zone).strftime("%Y-%m-%d %H:%M:%S%z") if d.time else ""
            name = printable(d.file)
            name = f"'{name}" if name[:1] in "=+-@" else name
            writer.writerow([d.assignment, d.student, name, d.sha256, counts, when, d.note])
        if before and not before.endswith("\n"):
            before += "\n"
        write_whole(path, before + text.getvalue())
        self.rows += self.added
        self.added = []
