"""The course's clock: times of its zone, days by the calendar, and what a text says of a moment.

A day later is the same time on the clock, whether or not the clocks were changed in between. A time that the clocks
show twice is its first; one that they skip is read as if they had not been changed yet.
"""

import re
from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
DUE = "Due on the date in the course calendar"  # what a notebook says of its deadline where the course has no date
SAID_DUE = re.compile(rf"{DUE}|Due \w{{3}} \d\d \w{{3}} \d{{4}}, \d\d:\d\d [\w+-]+")  # that, or `shown` behind "Due"


def zone(name: str) -> ZoneInfo:
    """The zone of a name like Europe/Berlin. Raises ValueError."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"{name!r} is not a time zone: write for example Europe/Berlin") from None


def moment(text: str, here: tzinfo) -> datetime:
    """The moment, in UTC, that "2026-10-05 23:59" is in the zone `here`; a day alone means its last minute.

    A text with an offset ("… -05:00", "…Z") is the moment that it says. Raises ValueError.
    """
    if DAY.fullmatch(text.strip()):
        text = f"{text.strip()} 23:59"
    try:
        when = datetime.fromisoformat(text.strip())
    except ValueError:
        raise ValueError(f'{text!r} should look like "2026-10-05 23:59"') from None
    return _utc(when, here)


def stamped(text: str) -> datetime:
    """The moment, in UTC, that a timestamp.txt says, as `collect` and nbgrader write it, or as staff correct it.

    A date of which day and month could change places is not read, nor a zone that two places call by one name.

    Args:
        text: "2026-10-05 21:59:00 UTC"; an offset or a zone's own name in the place of UTC; without one it is UTC.

    Raises:
        ValueError: One line that says how it should look.
    """
    said = re.fullmatch(r"(\d{4}-\d{2}-\d{2}(?:[T ]\d[\d:.]*)?)\s*(.*)", text)
    name = said[2].removeprefix("UTC").removeprefix("GMT") if said else ""
    try:
        if said is None:
            raise ValueError
        if not name or re.fullmatch(r"Z|[+-]\d{2}:?\d{2}", name):
            return _utc(datetime.fromisoformat(f"{said[1]}{name}"), UTC)
        return _utc(datetime.fromisoformat(said[1]), zone(name))
    except ValueError:
        raise ValueError(f"{text!r} should look like 2026-10-05 21:59:00 UTC: year, month, day") from None


def later(when: datetime, days: float, here: tzinfo) -> datetime:
    """The moment, in UTC, so many days after `when`, at the same time on the clock; half a day is twelve hours."""
    whole, part = divmod(days, 1)
    wall = when.astimezone(here).replace(tzinfo=None) + timedelta(days=whole)
    return wall.replace(tzinfo=here).astimezone(UTC) + timedelta(days=part)


def days_after(when: datetime, limit: datetime, here: tzinfo) -> int:
    """By how many whole days the `limit` must move, at the same time on the clock, for `when` not to be after it."""
    if when <= limit:
        return 0
    days = max(1, (when.astimezone(here).date() - limit.astimezone(here).date()).days)
    return days if when <= later(limit, days, here) else days + 1


def shown(when: datetime, here: tzinfo) -> str:
    """A moment as the course's clock shows it: "Sun 25 Oct 2026, 23:30 CET"."""
    return when.astimezone(here).strftime("%a %d %b %Y, %H:%M %Z")


def _utc(when: datetime, here: tzinfo) -> datetime:
    return (when if when.tzinfo else when.replace(tzinfo=here)).astimezone(UTC)
