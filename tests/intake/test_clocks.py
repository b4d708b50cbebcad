"""Each system's clock, at both sides of midnight and of the change of clocks, on the course's clock in Berlin."""

import email
import email.policy
import os
import zipfile
from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime
from zoneinfo import ZoneInfo

import pytest

from coursework.core import clock
from coursework.intake import times
from coursework.intake.members import _changed
from coursework.intake.systems.gradescope import moment
from coursework.intake.systems.mail import received

BERLIN, NEW_YORK = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


# UTC; what Berlin's clock shows; late days after the end of that day's deadline
MOMENTS = [
    ("2026-10-05 21:58:30", "2026-10-05 23:58:30"),
    ("2026-10-05 22:01:30", "2026-10-06 00:01:30"),
    ("2026-10-24 21:58:30", "2026-10-24 23:58:30"),
    ("2026-10-25 00:30:00", "2026-10-25 02:30:00"),  # the clocks show it twice: this is the first time
    ("2026-10-25 22:58:30", "2026-10-25 23:58:30"),
    ("2026-10-25 23:01:30", "2026-10-26 00:01:30"),
    ("2026-03-29 00:58:30", "2026-03-29 01:58:30"),
    ("2026-03-29 01:01:30", "2026-03-29 03:01:30"),
    ("2026-03-28 22:58:30", "2026-03-28 23:58:30"),
    ("2026-03-29 22:01:30", "2026-03-30 00:01:30"),
]
BOTH = pytest.mark.parametrize(("utc", "shown"), MOMENTS)


def entry(shown: str, extra: bytes = b"") -> zipfile.ZipInfo:
    when = datetime.fromisoformat(shown)
    found = zipfile.ZipInfo("x.ipynb", tuple(when.timetuple()[:6]))
    found.extra = extra
    return found


@BOTH
def test_moodles_entries_are_on_the_courses_clock(utc, shown):
    assert _changed(entry(shown), BERLIN) == at(utc)


def test_of_an_hour_that_the_clocks_show_twice_the_first_is_meant():
    assert _changed(entry("2026-10-25 02:30:00"), BERLIN) == at("2026-10-25 00:30:00")  # never later than it was


@BOTH
def test_an_entry_that_says_utc_is_believed(utc, shown):
    seconds = int(at(utc).timestamp())
    extra = b"UT\x05\x00\x01" + seconds.to_bytes(4, "little")
    assert _changed(entry("1999-01-01 00:00:00", extra), BERLIN) == at(utc)


@BOTH
@pytest.mark.parametrize("zone", [UTC, BERLIN, NEW_YORK, timezone(timedelta(hours=5, minutes=45))])
def test_gradescopes_times_have_their_offset(utc, shown, zone):
    here = at(utc).astimezone(zone)
    text = f"{here:%Y-%m-%d %H:%M:%S}.123000000 {here:%z}"
    assert moment(text) == at(utc) + timedelta(milliseconds=123)


@BOTH
@pytest.mark.parametrize("zone", [UTC, BERLIN, NEW_YORK])
def test_mail_counts_when_the_last_server_got_it(utc, shown, zone):
    there = format_datetime(at(utc).astimezone(zone))
    text = f"Received: from a by b; {there}\nReceived: from c by a; Mon, 1 Jan 2024 00:00:00 +0000\n"
    message = email.message_from_string(f"{text}Date: Tue, 2 Jan 2024 00:00:00 +0000\n\nx", policy=email.policy.default)
    assert received(message) == at(utc)


@BOTH
def test_classrooms_files_have_the_time_of_their_last_change(utc, shown, tmp_path):
    from coursework.intake.archives import Rules, walk

    path = tmp_path / "Jane Doe - hw1.ipynb"
    path.write_text("{}")
    os.utime(path, (at(utc).timestamp(),) * 2)
    assert [f.changed for f in walk(tmp_path, Rules(zone=BERLIN))] == [at(utc)]


@BOTH
def test_a_table_of_times_is_on_the_courses_clock_unless_it_says_another(utc, shown, tmp_path):
    path = tmp_path / "times.csv"
    for text in (shown, at(utc).isoformat(), f"{at(utc):%Y-%m-%d %H:%M:%S} UTC"):
        path.write_text(f"id,submitted at\njdoe,{text}\n")
        assert next(iter(times.read(path, BERLIN)._last.values())) == at(utc)


@pytest.mark.parametrize(
    ("limit", "when", "days"),
    [
        ("2026-10-24 23:59", "2026-10-24 21:59:00", 0),
        ("2026-10-24 23:59", "2026-10-24 22:00:00", 1),
        ("2026-10-24 23:59", "2026-10-25 22:59:00", 1),  # a day of 25 hours
        ("2026-10-24 23:59", "2026-10-25 23:00:00", 2),
        ("2026-03-28 23:59", "2026-03-29 21:59:00", 1),  # a day of 23 hours
        ("2026-03-28 23:59", "2026-03-29 22:00:00", 2),
    ],
)
def test_days_late_by_such_a_clock(limit, when, days):
    assert clock.days_after(at(when), clock.moment(limit, BERLIN), BERLIN) == days
