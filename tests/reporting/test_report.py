"""The class report counts what happened, and shows no hidden test and no student's markup."""

import re
import shutil

import pandas as pd
import pytest
from typer.testing import CliRunner

from coursework.cli.commands import app
from coursework.core.course import Course, StaffError
from coursework.reporting import course_report, report
from coursework.returning import staff
from tests.support.course import graded_class

SQUARE = "def double(x):\n    return x * x\n"


@pytest.fixture(scope="module")
def graded_files(proven_files, tmp_path_factory):
    """The folder of a class of three that was graded once; copy it, do not change it."""
    wrong = {"double": SQUARE}
    answers = {"Doe_Jane": {}, "Roe_Rita": wrong, "Moe_Nina": wrong | {"count": "ans_1_2 = '<script>'"}}
    return graded_class(proven_files, tmp_path_factory.mktemp("graded"), answers).root


@pytest.fixture
def graded(graded_files, tmp_path, monkeypatch) -> Course:
    monkeypatch.delenv("COURSEWORK_DATA", raising=False)
    return Course(shutil.copytree(graded_files, tmp_path / "course"))


def test_shares_discrimination_misconceptions_and_rates(graded):
    found = report.collect_tables(graded, "hw0-tiny")
    table = found.tables["questions"].set_index("question")
    assert table.loc["1.1", "mean share"] == pytest.approx(1 / 3) and table.loc["1.2", "all points"] == 2
    assert table.loc["1.1", "discrimination"] == pytest.approx(0.5)
    assert pd.isna(table.loc["1.3", "discrimination"])
    # nobody has read 1.3 yet: that says nothing of how hard it is
    assert table["waiting"].to_dict() == {"1.1": 0, "1.2": 0, "1.3": 3} and pd.isna(table.loc["1.3", "mean share"])
    assert table.loc["1.3", "no points"] == 0
    assert set(found.tables["checks"]["decided in"]) == {"the grader's process"}
    misconception = found.tables["misconceptions"].iloc[0]
    assert (misconception["misconception"], misconception["students"]) == ("q1-1-double/00_square.py", 2)
    assert "That is the square" in misconception["sentence"]
    rates = found.tables["checks"].set_index("test")["pass rate"]
    assert rates["q1-2-count--value"] == pytest.approx(2 / 3)
    assert (found.tables["runs"]["seconds"] > 0).all()


def test_staff_see_everything_in_a_place_of_its_own(graded):
    run = CliRunner().invoke(app, ["feedback", "hw0-tiny", "--staff", "--course", str(graded.root)])
    assert run.exit_code == 0 and "3 staff pages" in run.output
    text = (graded.root / "report" / "hw0-tiny" / "staff" / "Roe_Rita.html").read_text()
    assert "q1-1-double/00_square.py" in text and "called with a (3, 2) array" in text
    assert "waits" in text and "MiB" in text and "<script" not in text
    assert not (graded.root / "feedback").exists()
    with pytest.raises(StaffError, match="Nobody is not graded"):
        staff.write(graded, "hw0-tiny", ["Nobody"])


def test_who_has_submitted_and_is_not_graded_yet_has_handed_in(graded):
    shutil.copytree(graded.submitted("Doe_Jane", "hw0-tiny"), graded.submitted("Poe_Lea", "hw0-tiny"))
    found = report.collect_tables(graded, "hw0-tiny")
    report.draw(found)
    assert "4 handed in (1 of them not graded yet), 0 did not, 3 answers wait" in report.page(found)


def test_the_page_and_its_csv_files(graded):
    for name in ("Doe_Jane", "Roe_Rita"):
        weights = graded.submitted(name, "hw0-tiny") / "handin" / "weights.pt"
        weights.parent.mkdir()
        weights.write_bytes(b"the same")
    run = CliRunner().invoke(app, ["report", "hw0-tiny", "--course", str(graded.root)])
    assert run.exit_code == 0, run.output
    folder = graded.root / "report" / "hw0-tiny"
    text = (folder / "report.html").read_text()
    assert text.count("data:image/png") == 3 and "<script" not in text and "default_rng" not in text
    assert "3 handed in, 0 did not, 3 answers wait" in text
    assert len(pd.read_csv(folder / "questions.csv")) == 3 and (folder / "course.csv").exists()
    assert "Equal files in several submissions" in text and "<td>Doe_Jane, Roe_Rita</td>" in text
    assert pd.read_csv(folder / "equal-files.csv")["file"].to_list() == ["weights.pt"]
    with pytest.raises(StaffError):
        report.collect_tables(graded, "hw9")


ROSTER = """id,last,first,email,extension
Doe_Jane,Doe,Jane,jane@x.edu,
Roe_Rita,Roe,Rita,rita@x.edu,5
Moe_Nina,Moe,Nina,nina@x.edu,
Noe_<b>Nils</b>,Noe,<b>Nils</b>,nils@x.edu,
"""
TERMS = """
c.CourseworkSettings.roster = "roster.csv"
c.CourseworkSettings.deadlines = {"hw0-tiny": "2026-10-05 12:00"}
c.CourseworkSettings.grace_days = 1
c.CourseworkSettings.late_multiplier = 0.5
configure(c)
"""


@pytest.fixture
def late_class(graded) -> Course:
    """Jane is three days late, one of them of grace; Rita has an extension; Nils has handed in nothing."""
    config = graded.root / "nbgrader_config.py"
    config.write_text(config.read_text().replace("\nconfigure(c)\n", TERMS))
    (graded.root / "roster.csv").write_text(ROSTER.replace("Noe_<b>Nils</b>", "Noe_Nils"))
    for student, when in {"Doe_Jane": "07 15:00", "Roe_Rita": "09 11:00", "Moe_Nina": "04 18:00"}.items():
        path = graded.submitted(student, "hw0-tiny") / "timestamp.txt"
        path.write_text(f"2026-10-{when}:00 UTC")
    return Course(graded.root)


def test_who_was_late_who_is_missing_and_what_it_took(late_class):
    folder = late_class.root / "report" / "hw0-tiny"
    report.write(late_class, "hw0-tiny", folder)
    late = pd.read_csv(folder / "late.csv").to_dict("records")
    assert [(r["student"], r["days"], r["grace days"], r["factor"]) for r in late] == [("Doe_Jane", 3, 1, 0.25)]
    assert late[0]["penalty"] == pytest.approx(0.75 * 7)
    assert list(pd.read_csv(folder / "missing.csv")["student"]) == ["Noe_Nils"]
    hours = pd.read_csv(folder / "arrivals.csv").set_index("student")["hours after"]
    assert hours.to_dict() == {"Doe_Jane": 51, "Roe_Rita": -25, "Moe_Nina": -18}
    runs = pd.read_csv(folder / "runs.csv")
    assert (runs["of the time"] * 40).round(2).equals(runs["seconds"].round(2)) and (runs["of the memory"] < 1).all()
    text = (folder / "report.html").read_text()
    assert "3 handed in, 1 did not" in text and text.count("data:image/png") == 4
    assert "&lt;b&gt;Nils" in text and "<b>Nils" not in text and "2026-10-07 15:00 UTC" in text
    course_page(late_class)


def course_page(course) -> None:
    found = course_report.collect(course)
    cells = found.cells.set_index("student")
    assert cells.loc["Doe_Jane", "percent"] == pytest.approx(25) and cells.loc["Doe_Jane", "graded"] == 7
    assert cells["state"].to_dict() == {
        "Doe_Jane": "waits", "Moe_Nina": "waits", "Noe_Nils": "nothing", "Roe_Rita": "waits",
    }  # fmt: skip
    assert cells.loc["Roe_Rita", "percent"] == pytest.approx(100 * 3 / 7) and cells.loc["Moe_Nina", "percent"] == 0
    assert found.medians.loc[0, "students"] == 3 and found.medians.loc[0, "median"] == pytest.approx(25)
    students = pd.read_csv(course.root / "report" / "progress.csv").set_index("student")
    assert students.loc["Doe_Jane", "points"] == 1.75 and students.loc["Noe_Nils", "percent"] == 0
    text = (course.root / "report" / "course.html").read_text()
    assert text.count("<svg") == 4 and text.count("<circle") == 3 and "<script" not in text and "<b>Nils" not in text
    assert re.search(r'class="state waits" title="1.75 of 7 points; [^"]*">25 … <small>\+3 d', text)
    assert {p.name for p in (course.root / "report").glob("*.csv")} == {"progress.csv", "cells.csv", "medians.csv"}


def test_the_line_of_a_student_has_gaps():
    drawn = course_report.line([10.0, None, 60.0, float("nan"), 120.0], [50.0] * 5)
    assert len(drawn.dots) == 3 and drawn.shares.count("M") == 3 and "nan" not in drawn.shares
    assert course_report.line([None], [50.0]).dots == []


def test_an_assignment_whose_totals_are_all_held_is_drawn():
    held = {"student": "Doe_Jane", "last name": "Doe", "first name": "Jane", "assignment": "hw0-tiny", "points": None}
    held |= {"graded": 9.0, "of": 9.0, "percent": None, "state": "held", "days late": 0}
    cells = pd.DataFrame([held])
    found = course_report.Progress(cells, course_report._students(cells), course_report._medians(cells))
    assert "held" in course_report.page(found) and found.medians.loc[0, "students"] == 0


def test_nothing_graded_is_said(tiny):
    with pytest.raises(StaffError, match="nothing is graded yet"):
        course_report.collect(tiny)
