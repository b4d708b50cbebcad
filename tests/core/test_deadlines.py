"""Deadlines, extensions, grace days, penalties; the grade table shows raw, penalty and final."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbgrader.api import Gradebook

from coursework.authoring import release
from coursework.core import clock, deadlines
from coursework.core.course import Course, StaffError
from coursework.grading import autograde
from coursework.reporting.grades import grade_table
from coursework.returning.feedback import write_feedback
from tests.support.course import answered, submit

SETTINGS = """
c.CourseworkSettings.deadlines = {"hw0-tiny": "2026-10-05 23:59"}
c.CourseworkSettings.time_zone = "Europe/Berlin"
"""


def configured(course, text=SETTINGS, roster=""):
    path = course.root / "nbgrader_config.py"
    base = path.read_text().split("# late")[0]
    path.write_text(f"{base}# late\n{text}")
    if roster:
        (course.root / "roster.csv").write_text(roster)
    return Course(course.root)


def at(course, student, text):
    folder = course.submitted(student, "hw0-tiny")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "timestamp.txt").write_text(text)


def test_the_deadline_is_in_the_courses_own_time(tiny):
    course = configured(tiny)
    assert deadlines.deadline(course, "hw0-tiny") == datetime(2026, 10, 5, 21, 59, tzinfo=UTC)  # summer time
    assert deadlines.deadline(course, "other") is None
    for text, says in (
        ('c.CourseworkSettings.deadlines = {"hw0-tiny": "Monday"}', "should look like"),
        (SETTINGS + 'c.CourseworkSettings.time_zone = "Berlin"', "is not a time zone"),
        (SETTINGS + 'c.CourseworkSettings.roster = "class.csv"', "is not there"),
    ):
        with pytest.raises(StaffError, match=says):
            deadlines.due(configured(tiny, text), "hw0-tiny", "Doe_Jane")


CHANGES = [  # deadline, submission: on Berlin's clock over both changes of clocks; late days with no extension, with 7
    ("2026-10-24 23:59", "2026-10-24 23:59", 0, 0),
    ("2026-10-24 23:59", "2026-10-25 00:00", 1, 0),
    ("2026-10-24 23:59", "2026-10-25 23:30", 1, 0),
    ("2026-10-24 23:59", "2026-10-25 23:59", 1, 0),
    ("2026-10-24 23:59", "2026-10-26 00:01", 2, 0),
    ("2026-10-24 23:59", "2026-10-31 23:59", 7, 0),
    ("2026-10-24 23:59", "2026-11-01 00:00", 8, 1),
    ("2026-03-28 12:00", "2026-03-29 12:00", 1, 0),
    ("2026-03-28 12:00", "2026-03-29 12:01", 2, 0),
    ("2026-03-28 12:00", "2026-04-04 12:00", 7, 0),
    ("2026-03-28 12:00", "2026-04-04 12:01", 8, 1),
    ("2026-10-26", "2026-10-26 23:59", 0, 0),
    ("2026-10-26", "2026-10-27 00:00", 1, 0),
]


STAMPS = [
    ("2026-10-05 21:59:00.000000 UTC", datetime(2026, 10, 5, 21, 59, tzinfo=UTC)),  # as collect writes it
    ("2026-10-05 21:59", datetime(2026, 10, 5, 21, 59, tzinfo=UTC)),
    ("2026-10-05T23:59:00+02:00", datetime(2026, 10, 5, 21, 59, tzinfo=UTC)),
    ("2026-10-05 23:59:00 +0200", datetime(2026, 10, 5, 21, 59, tzinfo=UTC)),
    ("2026-10-05 23:59:00 Europe/Berlin", datetime(2026, 10, 5, 21, 59, tzinfo=UTC)),
    ("2026-12-01", datetime(2026, 12, 1, tzinfo=UTC)),
]
NO_STAMPS = ["01.12.2026 01:00", "12/01/2026 01:00 UTC", "1-12-2026", "2026-13-01 10:00", "2026-10-05 23:59 CEST",
             "yesterday", ""]  # fmt: skip


@pytest.mark.parametrize(("text", "when"), STAMPS)
def test_a_time_that_was_corrected_by_hand_is_read(tiny, text, when):
    at(tiny, "Doe_Jane", f"{text}\n")
    assert deadlines.handed_in_at(tiny, "hw0-tiny", "Doe_Jane") == when


@pytest.mark.parametrize("text", NO_STAMPS)
def test_a_time_that_could_be_two_is_refused_with_the_form(tiny, text):
    """1 December by a German is 12 January by an American; one of them would be late by eleven months."""
    at(tiny, "Doe_Jane", text)
    with pytest.raises(StaffError, match=r"timestamp\.txt holds no time: .* should look like 2026-10-05 21:59:00 UTC"):
        deadlines.handed_in_at(tiny, "hw0-tiny", "Doe_Jane")


@pytest.mark.parametrize(("limit", "when", "late", "extended"), CHANGES)
def test_late_days_are_days_of_the_courses_calendar(limit, when, late, extended):
    berlin = clock.zone("Europe/Berlin")
    due, came = clock.moment(limit, berlin), clock.moment(when, berlin)
    assert deadlines.days_late(came, due, here=berlin) == late
    assert deadlines.days_late(came, clock.later(due, 7, berlin), here=berlin) == extended


def test_bad_dates_and_zones_are_refused_when_the_configuration_is_read(tiny):
    for text in ("26.10.2026", "2026-13-01", "2026-10-05 25:00", "soon"):
        with pytest.raises(StaffError, match="the deadline of hw0-tiny: '" + text):
            _ = configured(tiny, f'c.CourseworkSettings.deadlines = {{"hw0-tiny": "{text}"}}').settings
    with pytest.raises(StaffError, match="'CEST' is not a time zone"):
        _ = configured(tiny, 'c.CourseworkSettings.time_zone = "CEST"').settings


@given(st.integers(0, 3_000_000), st.integers(0, 50_000))
def test_days_are_whole_and_counted_up(seconds, grace):
    limit, day = datetime(2026, 1, 1, tzinfo=UTC), 86_400
    found = deadlines.days_late(limit + timedelta(seconds=seconds), limit, timedelta(seconds=grace))
    assert found == 0 if seconds <= grace else found - 1 < seconds / day <= found


def test_extension_grace_and_multiplier(tiny):
    roster = "id,last,first,extension\nDoe_Jane,Doe,Jane,2\nRoe_Rita,Roe,Rita,\n"
    more = "c.CourseworkSettings.late_multiplier = 0.9\nc.CourseworkSettings.roster = 'roster.csv'\n"
    course = configured(tiny, SETTINGS + more, roster)
    for student in ("Doe_Jane", "Roe_Rita"):
        at(course, student, "2026-10-07 22:30:00.000000 UTC")  # two days and half an hour after
    assert deadlines.late(course, "hw0-tiny", "Doe_Jane") == deadlines.Late(1, 0, 0.9)
    assert deadlines.late(course, "hw0-tiny", "Roe_Rita").factor == pytest.approx(0.9**3)
    course = configured(tiny, SETTINGS + more + "c.CourseworkSettings.grace_days = 2\n")
    assert deadlines.late(course, "hw0-tiny", "Doe_Jane") == deadlines.Late(1, 1, 1.0)
    assert deadlines.late(course, "hw0-tiny", "Roe_Rita") == deadlines.Late(3, 2, 0.9)
    assert "2 of them grace days" in deadlines.late(course, "hw0-tiny", "Roe_Rita").text
    course = configured(tiny, SETTINGS + more + "c.CourseworkSettings.grace_minutes = 31\n")
    assert deadlines.late(course, "hw0-tiny", "Doe_Jane").days == 0
    course = configured(tiny, SETTINGS + more + "c.CourseworkSettings.late_days_most = 2\n")
    assert deadlines.late(course, "hw0-tiny", "Roe_Rita").factor == 0
    at(course, "Roe_Rita", "yesterday")
    with pytest.raises(StaffError, match="holds no time"):
        deadlines.late(course, "hw0-tiny", "Roe_Rita")


@pytest.mark.parametrize(
    ("days", "graced", "text"),
    [
        (0, 0, ""),
        (1, 0, "1 day late"),
        (1, 1, "1 day late, a grace day"),
        (2, 2, "2 days late, grace days"),
        (3, 1, "3 days late, 1 of them a grace day"),
        (3, 2, "3 days late, 2 of them grace days"),
    ],
)
def test_late_days_are_said_in_singular_and_plural(days, graced, text):
    assert deadlines.Late(days, graced).text == text


def test_grace_days_go_to_the_earliest_deadlines_first(tiny, monkeypatch):
    dates = '{"hw0-tiny": "2026-10-05 12:00", "hw0-next": "2026-09-05 12:00"}'
    course = configured(tiny, f"c.CourseworkSettings.deadlines = {dates}\nc.CourseworkSettings.grace_days = 3\n")
    monkeypatch.setattr(Course, "assignments", ["hw0-tiny", "hw0-next"])
    at(course, "Doe_Jane", "2026-10-07 11:00:00 UTC")
    other = course.submitted("Doe_Jane", "hw0-next")
    other.mkdir(parents=True)
    (other / "timestamp.txt").write_text("2026-09-07 11:00:00 UTC")
    found = deadlines.standing(course, "Doe_Jane")
    assert (found["hw0-next"].graced, found["hw0-tiny"].graced) == (2, 1)


def test_grades_and_feedback_show_the_penalty_and_follow_the_reader(tiny):
    release.release(tiny, "hw0-tiny", unproven=True)
    course = configured(tiny, SETTINGS + "c.CourseworkSettings.late_multiplier = 0.5\n")
    for student, when in (("Doe_Jane", "2026-10-06 00:30:00 UTC"), ("Roe_Rita", "2026-10-05 20:00:00 UTC")):
        submit(course, student, answered(course))
        at(course, student, when)
    autograde.autograde(course, "hw0-tiny")
    rows = grade_table(course, "hw0-tiny").set_index("student")
    assert rows.loc["Doe_Jane", ["raw", "penalty", "total"]].tolist() == [7, 3.5, 3.5]
    assert rows.loc["Roe_Rita", ["raw", "penalty", "total"]].tolist() == [7, 0, 7]
    with Gradebook(course.db_url) as gradebook:
        assert gradebook.find_assignment("hw0-tiny").duedate == datetime(2026, 10, 5, 21, 59)
        grade = gradebook.find_grade("q1-3-why", "hw0-tiny", "hw0-tiny", "Doe_Jane")
        grade.manual_score, grade.needs_manual_grade = 2, False
        gradebook.db.commit()
    assert grade_table(course, "hw0-tiny").set_index("student").loc["Doe_Jane", "penalty"] == 4.5
    page = write_feedback(course, "hw0-tiny").written[0].read_text()
    assert "1 day late: 4.5 points are taken off" in page and "4.5" in page
