"""What the assignments come to, and tables without people."""

import pandas as pd
import pytest

from coursework.core.course import CourseworkSettings, StaffError
from coursework.reporting.anonymous import anonymised
from coursework.reporting.course_total import refuse_settings, total

POINTS = {"a": 10.0, "b": 40.0, "c": 50.0}


def settings(**values):
    found = CourseworkSettings()
    for name, value in values.items():
        setattr(found, name, value)
    return found


@pytest.mark.parametrize(
    ("said", "scores", "share", "counted"),
    [
        ({}, {"a": 10, "b": 20, "c": 0}, 0.3, ("a", "b", "c")),  # by points
        ({"weights": {"a": 1, "b": 1, "c": 1}}, {"a": 10, "b": 20, "c": None}, 0.5, ("a", "b", "c")),
        ({"weights": {"a": 2, "b": 1, "c": 0}}, {"a": 5, "b": 40, "c": 0}, 2 / 3, ("a", "b", "c")),
        ({"best_of": 2, "weights": {"a": 1, "b": 1, "c": 1}}, {"a": 0, "b": 20, "c": 50}, 0.75, ("b", "c")),
        ({"best_of": 1}, {"a": 10, "b": 39, "c": 49}, 1.0, ("a",)),
        ({"bonus": ["a"]}, {"a": 10, "b": 40, "c": 50}, 100 / 90, ("b", "c", "a")),
        ({"bonus": ["a"]}, {"a": None, "b": 40, "c": 50}, 1.0, ("b", "c", "a")),
        ({"bonus": ["a"], "best_of": 1}, {"a": 10, "b": 20, "c": 50}, 60 / 50, ("c", "a")),
    ],
)
def test_weights_best_and_bonus(said, scores, share, counted):
    found = total(settings(**said), scores, POINTS)
    assert found.share == pytest.approx(share) and found.counted == counted


def test_more_best_ones_than_count_is_refused():
    with pytest.raises(StaffError, match="only 2 assignments can count"):
        refuse_settings(settings(best_of=3, bonus=["a"]), list(POINTS))


def test_pseudonyms_are_stable_and_nobodys_name(tiny):
    table = pd.DataFrame(
        [
            {"student": "jdoe", "last name": "Doe", "first name": "Jane", "section": "A", "raw": 3.0, "notes": "Doe"},
            {"student": "rroe", "last name": "Roe", "first name": "Rita", "section": "A", "raw": 4.0, "notes": ""},
        ]
    )
    one = anonymised(tiny, table)
    again = anonymised(tiny, table[::-1])
    assert list(one["student"]) == list(again["student"]) and list(one["raw"]) == list(again["raw"])
    assert list(one.columns) == ["student", "raw"] and not one["student"].isin(["jdoe", "rroe"]).any()
    assert (tiny.root / "pseudonyms.key").stat().st_mode & 0o077 == 0
    (tiny.root / "pseudonyms.key").write_text("x")
    with pytest.raises(StaffError, match="no key"):
        anonymised(tiny, table)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("weights = {'hw9': 1}", "a weight for 'hw9'"),
        ("weights = {'hw0-tiny': 'much'}", "must be a number"),
        ("bonus = ['hw9']", "a bonus for 'hw9'"),
    ],
)
def test_settings_for_nothing_are_refused(tiny, line, why):
    with (tiny.root / "nbgrader_config.py").open("a") as config:
        config.write(f"c.CourseworkSettings.{line}\n")
    with pytest.raises(StaffError, match=why):
        _ = tiny.settings
