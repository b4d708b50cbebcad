"""The class report counts what happened, and shows no hidden test and no student's markup."""

import pandas as pd
import pytest
from conftest import answered, submit
from typer.testing import CliRunner

from coursework import report, staff
from coursework.autograde import autograde
from coursework.cli import app
from coursework.course import StaffError

SQUARE = "def double(x):\n    return x * x\n"


@pytest.fixture
def graded(proven):
    submit(proven, "Doe_Jane", answered(proven))
    submit(proven, "Roe_Rita", answered(proven, double=SQUARE))
    submit(proven, "Moe_Nina", answered(proven, double=SQUARE, count="ans_1_2 = '<script>'"))
    autograde(proven, "hw0-tiny")
    return proven


def test_difficulty_discrimination_slips_and_rates(graded):
    found = report.collect_tables(graded, "hw0-tiny")
    table = found.tables["questions"].set_index("question")
    assert table.loc["1.1", "difficulty"] == pytest.approx(1 / 3) and table.loc["1.2", "all points"] == 2
    assert table.loc["1.1", "discrimination"] == pytest.approx(0.5)
    assert pd.isna(table.loc["1.3", "discrimination"])
    slip = found.tables["slips"].iloc[0]
    assert (slip["slip"], slip["students"]) == ("q1-1-double/00_square.py", 2)
    assert "That is the square" in slip["sentence"]
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


def test_the_page_and_its_csv_files(graded):
    run = CliRunner().invoke(app, ["report", "hw0-tiny", "--course", str(graded.root)])
    assert run.exit_code == 0, run.output
    folder = graded.root / "report" / "hw0-tiny"
    text = (folder / "report.html").read_text()
    assert text.count("data:image/png") == 2 and "<script" not in text and "default_rng" not in text
    assert "3 handed in, 0 did not, 3 answers wait" in text
    assert len(pd.read_csv(folder / "questions.csv")) == 3 and (folder / "course.csv").exists()
    with pytest.raises(StaffError):
        report.collect_tables(graded, "hw9")
