"""Regrade requests stand beside the answer, what the tests said, and the history of the points."""

import csv

import pytest
from nbformat.v4 import new_code_cell, new_notebook, writes
from nbgrader.api import Gradebook
from typer.testing import CliRunner

from coursework.cli.commands import app
from coursework.core.course import Course
from coursework.core.files import write_json
from coursework.grading import history
from coursework.reporting import requests
from tests.support.course import meta

WHY = "1.1: my loop is right\n  see line 3\nnot a question\nQ 1.2) the biases count\n"


@pytest.fixture
def course(tiny):
    """One student with two grades, as the later stages find them."""
    history.listen()
    with Gradebook(tiny.db_url) as gradebook:
        gradebook.add_assignment("hw0-tiny")
        gradebook.add_notebook("hw0-tiny", "hw0-tiny")
        for name, points in (("q1-1-double--values", 4), ("q1-2-count--value", 3)):
            gradebook.add_grade_cell(name, "hw0-tiny", "hw0-tiny", max_score=points, cell_type="code")
        gradebook.add_student("Doe_Jane")
        gradebook.add_submission("hw0-tiny", "Doe_Jane")
    set_score(tiny, "q1-1-double--values", auto_score=0.0)
    folder = tiny.autograded("Doe_Jane", "hw0-tiny")
    folder.mkdir(parents=True)
    cell = new_code_cell("def double(x):\n    return <b>x</b>", metadata=meta("q1-1-double", solution=True))
    (folder / "hw0-tiny.ipynb").write_text(writes(new_notebook(cells=[cell])))
    cells = {"q1-1-double--values": {"question": "1.1", "points": 4, "score": 0, "message": "a shape", "checks": []}}
    write_json(folder / "verdict.json", {"cells": cells, "state": "graded"})
    return tiny


def set_score(course, cell, **values):
    with Gradebook(course.db_url) as gradebook:
        grade = gradebook.find_grade(cell, "hw0-tiny", "hw0-tiny", "Doe_Jane")
        for name, value in values.items():
            setattr(grade, name, value)
        gradebook.db.commit()


def test_changes_are_noted_with_who_and_why(course, monkeypatch):
    monkeypatch.setenv("JUPYTERHUB_USER", "ann")
    assert history.changes(course, "hw0-tiny") == []  # a first grade by tests is none
    set_score(course, "q1-1-double--values", manual_score=2.0)
    with history.because("coursework regrade q1-1-double", "the test was wrong"):
        set_score(course, "q1-1-double--values", auto_score=4.0)
    set_score(course, "q1-1-double--values", auto_score=4.0)  # nothing changes
    rows = [(r["what"], r["before"], r["after"], r["by"], r["why"]) for r in history.changes(course, "hw0-tiny")]
    assert rows == [("grader", "", "2", "ann", ""), ("tests", "0", "4", "ann", "the test was wrong")]
    assert history.changes(course, "hw0-tiny", "somebody") == []


def test_a_log_that_cannot_be_written_costs_no_grade_and_no_line(course, caplog):
    """Formgrader keeps one session for all of its requests: a listener that raises would end its saving."""
    history.path(course).mkdir()
    with Gradebook(course.db_url) as gradebook:
        grade = gradebook.find_grade("q1-1-double--values", "hw0-tiny", "hw0-tiny", "Doe_Jane")
        for score in (1.0, "2", 3):  # formgrader sends what was typed
            grade.manual_score = score
            gradebook.db.commit()
            assert gradebook.find_grade_by_id(grade.id).manual_score == float(score)
        assert "changes.csv misses 1 changes until" in caplog.text
        history.path(course).rmdir()
        grade.manual_score = 4.0
        gradebook.db.commit()
    assert [r["after"] for r in history.changes(course, "hw0-tiny")] == ["1", "2", "3", "4"]


def test_what_is_rolled_back_is_no_change(course):
    with Gradebook(course.db_url) as gradebook:
        gradebook.find_grade("q1-1-double--values", "hw0-tiny", "hw0-tiny", "Doe_Jane").manual_score = 1.0
        gradebook.db.flush()
        gradebook.db.rollback()
    assert history.changes(course, "hw0-tiny") == []


def test_a_list_for_staff(course, tmp_path):
    set_score(course, "q1-1-double--values", manual_score=2.0)
    folder = tmp_path / "requests"
    folder.mkdir()
    (folder / "Doe_Jane_hw0-tiny_regrade.txt").write_text(WHY)
    (folder / "Roe_Rita_hw0-tiny_regrade.txt").write_text("1.1: me, too")
    run = CliRunner().invoke(app, ["requests", "hw0-tiny", str(folder), "--course", str(course.root)])
    assert run.exit_code == 3 and "Roe_Rita" in run.output and "2 requests" in run.output
    page = (course.report("hw0-tiny") / "requests.html").read_text()
    for text in ("my loop is right see line 3", "the biases count", "a shape", "2 of 4 (by a grader)", "&lt;b&gt;x"):
        assert text in page, text
    (first, _) = csv.DictReader((course.report("hw0-tiny") / "requests.csv").open())
    assert "grader, open → 2" in first["history"] and first["question"] == "1.1"


def test_a_file_that_is_named_well_is_told_what_is_missing(course):
    names = ("Lee_Tara", "Nobody_Nina", "Roe_Rita", "question")
    folder = course.root / "requests"
    folder.mkdir()
    for name in names:
        (folder / f"{name}_hw0-tiny_regrade.txt").write_text("1.1: why")
    without = dict(requests.read(course, "hw0-tiny", folder)[1])
    assert without["Lee_Tara_hw0-tiny_regrade.txt"] == "Tara Lee has no grade in hw0-tiny"
    (course.root / "roster.csv").write_text("id,last,first\ntl,Lee,Tara\nr1,Roe,Rita\nr2,Roe,Rita\n")
    with (course.root / "nbgrader_config.py").open("a") as config:
        config.write("\nc.CourseworkSettings.roster = 'roster.csv'\n")
    (folder / "tl").mkdir()
    (folder / "tl" / "why.txt").write_text("1.1: why")
    found, refused = requests.read(Course(course.root), "hw0-tiny", folder)
    assert not found and dict(refused) == {
        "Lee_Tara_hw0-tiny_regrade.txt": "Tara Lee has no grade in hw0-tiny",
        "Nobody_Nina_hw0-tiny_regrade.txt": "the roster has no Nina Nobody",
        "Roe_Rita_hw0-tiny_regrade.txt": "the roster has Rita Roe more than once: put it into a folder r1 or r2",
        "question_hw0-tiny_regrade.txt": "whose it is cannot be told: name it Last_First_hw0-tiny_regrade.txt",
        "why.txt": "Tara Lee has no grade in hw0-tiny",
    }


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2.1: why", [("2.1", "why")]),
        ("Question 3 - because", [("3", "because")]),
        ("2.1a) so\nand so", [("2.1a", "so and so")]),
        ("please look again", []),
        ("", []),
    ],
)
def test_lines_of_a_request(text, found):
    assert requests.parsed(text) == found
