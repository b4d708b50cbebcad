"""A table of submission times, `collect --times FILE`: for systems whose downloads have none.

Takes what systems export: a CSV with who (id, e-mail, number or name) and when, or the JSON of Canvas's submissions
API. A time without an offset is on the course's clock; one that can be read as two dates is refused.
"""

import json
import re
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import Any

from coursework.core import spreadsheet
from coursework.core.course import StaffError
from coursework.core.names import fold, tokens
from coursework.core.roster import Roster
from coursework.intake.systems import Origin

WHEN = (
    *("submitted at", "submitted_at", "submission time", "time submitted", "submission date", "date submitted"),
    *("last modified (submission)", "last submission date", "submission time (utc)", "submitted", "time", "when"),
    *("created_at", "timestamp"),
)
WHO = (
    *("id", "student", "student id", "sis id", "sis user id", "sis login id", "user_id", "user id", "number", "sid"),
    *("id number", "email", "e-mail", "email address", "name", "full name", "student name", "login", "username"),
    *("identifier", "login_id", "sis_user_id", "participant"),
)
ISO = re.compile(r"^\d{4}-\d\d?-\d\d?")


class Times:
    """Who submitted when; `lookup` finds a student by whatever the table names them by."""

    def __init__(self, rows: list[tuple[dict[str, str], datetime]]) -> None:
        self._last: dict[str, datetime] = {}
        for who, when in rows:
            for mark in {fold(v) for v in who.values()} | {" ".join(sorted(tokens(v))) for v in who.values()}:
                if mark:
                    self._last[mark] = max(when, self._last.get(mark, when))

    def lookup(self, student: str, place: Origin, people: Roster | None) -> datetime | None:
        """The last time of a student, by id, number, e-mail or whole name; None when the table does not have it."""
        marks = [student, place.number, place.email, *(() if place.others else (place.person,))]
        if people is not None and (found := people.by_id.get(student)):
            marks += [found.number, found.email]
            marks += [found.name] if people.by_words(found.name) is not None else []
        for mark in marks:
            for key in (fold(mark), " ".join(sorted(tokens(mark)))):
                if key and key in self._last:
                    return self._last[key]
        return None


def read(path: Path, here: tzinfo) -> Times:
    """Raises StaffError, one line with the row, when the table cannot be read."""
    if not path.is_file():
        raise StaffError(f"the table of times {path} is not there")
    start = path.read_bytes()[:200].lstrip(b"\xef\xbb\xbf \r\n\t")
    return _json(path, here) if start[:1] in (b"[", b"{") else _csv(path, here)


def _csv(path: Path, here: tzinfo) -> Times:
    heads, rows = spreadsheet.read(path, "the table of times")
    when = next((h for name in WHEN for h in heads if h.casefold() == name), None)
    who = [h for h in heads if h.casefold() in WHO]
    names = [h for h in heads if h.casefold() in ("first name", "last name", "first", "last", "surname")]
    if when is None or not (who or len(names) > 1):
        raise StaffError(
            f"the table of times {path.name} needs a column that says who (id, email, number or name) and one that "
            f"says when (e.g. 'submitted at'); it has {', '.join(heads) or 'no columns'}"
        )
    utc = "(utc)" in when.casefold()
    found = []
    for line, row in rows:
        text = row[when].strip()
        if not re.search(r"\d", text):  # "-", "No submission"
            continue
        about = {h: row[h] for h in who} | {"name": " ".join(row[h] for h in names)}
        found.append((about, _moment(text, UTC if utc else here, f"the table of times {path.name}, line {line}")))
    return Times(found)


def _json(path: Path, here: tzinfo) -> Times:
    try:
        content: Any = json.loads(path.read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError):
        raise StaffError(f"the table of times {path.name} is not whole JSON: export it again") from None
    if isinstance(content, dict):
        content = next((v for v in content.values() if isinstance(v, list)), [])
    found = []
    for number, entry in enumerate(content, 1):
        if not isinstance(entry, dict) or not (text := entry.get("submitted_at") or entry.get("created_at")):
            continue
        user = entry["user"] if isinstance(entry.get("user"), dict) else {}
        about = {k: str(v) for k, v in (user | entry).items() if k in WHO and isinstance(v, str | int)}
        if isinstance(user.get("id"), int):
            about["user"] = str(user["id"])
        about.pop("id", None)  # the submission's own number
        found.append((about, _moment(str(text), here, f"the table of times {path.name}, entry {number}")))
    if not found:
        raise StaffError(f"the table of times {path.name} has no entry with user_id and submitted_at")
    return Times(found)


def _moment(text: str, here: tzinfo, where: str) -> datetime:
    """One time of any usual spelling."""
    from dateutil import parser

    said = f"{where}: {text!r} "
    try:
        return _utc(datetime.fromisoformat(text), here)
    except ValueError:
        pass
    zone = re.search(r"[^\W\d_]{2,5}$", text)
    if zone and zone[0].upper() not in ("AM", "PM", "UTC", "GMT"):
        raise StaffError(f"{said}names a zone that is not plain; write an offset such as +02:00")
    try:
        first, second = (parser.parse(text, dayfirst=day, yearfirst=bool(ISO.match(text))) for day in (True, False))
    except (ValueError, OverflowError):
        raise StaffError(f"{said}cannot be read as a time: write 2026-10-05 23:59") from None
    if first != second and not ISO.match(text):
        raise StaffError(f"{said}can be read as {first:%d %B} and as {second:%d %B}: write 2026-10-05 23:59")
    return _utc(second, here)


def _utc(when: datetime, here: tzinfo) -> datetime:
    return (when if when.tzinfo else when.replace(tzinfo=here)).astimezone(UTC)
