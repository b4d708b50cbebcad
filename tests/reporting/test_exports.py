"""What other systems import: their headers, our totals, nothing that a spreadsheet would run."""

import csv
import json
import shutil

import pytest
from nbgrader.api import Gradebook
from typer.testing import CliRunner

from coursework.cli.commands import app
from coursework.core.course import Course, StaffError
from coursework.reporting import exports
from tests.support import importers
from tests.support.course import graded_class

ROSTER = """id,last,first,email,section,number
jdoe,Doe,Jane,jane@uni.edu,A,101
rroe,=cmd,Rita,rita@uni.edu,B,102
n,Moe,N,,,
"""


@pytest.fixture(scope="module")
def graded_files(proven_files, tmp_path_factory):
    """A class of two, graded once."""

    def with_roster(course):
        (course.root / "roster.csv").write_text(ROSTER)
        with (course.root / "nbgrader_config.py").open("a") as config:
            config.write("\nc.CourseworkSettings.roster = 'roster.csv'\n")

    answers = {"jdoe": {}, "rroe": {"double": "def double(x):\n    return x * x\n"}}
    return graded_class(proven_files, tmp_path_factory.mktemp("graded"), answers, with_roster).root


@pytest.fixture
def graded(graded_files, tmp_path):
    shutil.copytree(graded_files, tmp_path / "course")
    return Course(tmp_path / "course")


def made(shape, course, *column):
    return getattr(exports, shape)(course, "hw0-tiny", exports.grade_table(course, "hw0-tiny"), *column)


def rows(text):
    return list(csv.reader(text.splitlines()))


def test_canvas(graded):
    head, points, *people = rows(made("canvas", graded))
    assert head == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "hw0-tiny"]
    assert points == ["    Points Possible", "", "", "", "", "9"]
    assert people[0] == ["Doe, Jane", "101", "jdoe", "jane@uni.edu", "A", "7"]
    assert people[1][0] == "'=cmd, Rita" and people[1][-1] == "3" and len(people) == 2


PEOPLE = {101: ("jdoe", "jane@uni.edu", "Doe, Jane"), 102: ("rroe", "rita@uni.edu", "Roe, R"), 12: ("x", "y", "z")}


@pytest.mark.parametrize("by", ["number", "sis", "login"])
def test_canvas_finds_everybody(graded, by):
    shift = 0 if by == "number" else 900
    people = [
        importers.Person(n + shift, sis if by == "sis" else "", login if by == "login" else "", name)
        for n, (sis, login, name) in PEOPLE.items()
    ]
    text = made("canvas", graded, "Homework 0 (7)")
    found = importers.canvas(text, people, {7: "Homework 0"}, {12 + shift: "1"})
    assert found == {101 + shift: "7", 102 + shift: "3", 12 + shift: "1"}
    with pytest.raises(importers.Refused, match="no assignment here"):
        importers.canvas(made("canvas", graded), people, {7: "Homework 0"}, {})


def test_canvas_takes_no_number_that_is_not_its_own(graded):
    """Of "12ab" Canvas reads the 12, and somebody else would get the grade."""
    (graded.root / "roster.csv").write_text(ROSTER.replace("101", "12ab").replace("102", ""))
    people = [importers.Person(n, sis) for n, (sis, _, _) in PEOPLE.items()]
    found = importers.canvas(made("canvas", graded), people, {7: "hw0-tiny"}, {})
    assert found == {101: "7", 102: "3"}
    with pytest.raises(StaffError, match="a sum of its own"):
        made("canvas", graded, "Final Score")


def test_a_grade_that_is_held_back_leaves_the_old_one(graded, monkeypatch):
    whole = exports.grade_table(graded, "hw0-tiny")
    whole.loc[whole["student"] == "jdoe", ["total", "state"]] = [None, "held"]
    monkeypatch.setattr(exports, "grade_table", lambda *_: whole)
    before = {101: "5", 102: "2"}
    people = [importers.Person(n) for n in PEOPLE]
    text = made("canvas", graded)
    assert importers.canvas(text, people, {7: "hw0-tiny"}, before) == {101: "5", 102: "3"}
    text = made("moodle", graded)
    assert importers.moodle(text, "ID number", {"101": 101, "102": 102}, before) == {101: "5", 102: "3"}
    said = exports.write(graded, "hw0-tiny", "gradescope", graded.root / "g")
    assert "1 student; left out, as the total is held back: jdoe; with answers that wait for a grader" in said
    assert [p.name for p in (graded.root / "g").iterdir()] == ["rroe"]


def test_moodle(graded):
    head, *people = rows(made("moodle", graded))
    assert head[2:] == ["ID number", "Email address", "hw0-tiny", "Feedback comments"]
    assert people[0][2:] == ["101", "jane@uni.edu", "7", "answers that wait for a grader: 1"]
    text = made("moodle", graded)
    found = importers.moodle(text, "Email address", {"jane@uni.edu": 1, "rita@uni.edu": 2}, {3: "9"})
    assert found == {1: "7", 2: "3", 3: "9"}


def test_gradescope(graded):
    found = json.loads(made("gradescope", graded)["rroe"])
    assert set(found) <= importers.GRADESCOPE and all(set(t) <= importers.GRADESCOPE_TEST for t in found["tests"])
    assert found["output_format"] == "text" and [t["number"] for t in found["tests"]] == ["1.1", "1.2", "1.3"]
    assert found["score"] == 3 and [t["max_score"] for t in found["tests"]] == [4, 3, 2]
    assert "That is the square" in found["tests"][0]["output"]


def test_nbgraders_export_takes_what_is_graded(graded, monkeypatch):
    """With an assignment that nobody is graded in, the command of the page once ended in a traceback."""
    monkeypatch.chdir(graded.root)
    for name in ("hw8-new", "hw9-newer"):
        (graded.root / "source" / name).mkdir()
        shutil.copy(graded.source("hw0-tiny"), graded.root / "source" / name / f"{name}.ipynb")

    def export(**settings):
        with Gradebook(graded.db_url) as gradebook:
            gradebook.update_or_create_assignment("hw8-new")  # released
            exports.MoodleExport(**settings).export(gradebook)

    export()
    assert [p.name for p in graded.root.glob("grades-*")] == ["grades-hw0-tiny-moodle.csv"]
    export(to="m.csv", assignment=["hw0-tiny"])
    assert "jane@uni.edu" in (graded.root / "m.csv").read_text()
    with pytest.raises(SystemExit):
        export(assignment=["hw9-newer"])
    monkeypatch.setattr(exports, "_is_graded", lambda gradebook, name: name != "hw9-newer")
    (graded.root / "m.csv").unlink()
    with pytest.raises(SystemExit):  # the second would overwrite the first
        export(to="m.csv")
    assert not (graded.root / "m.csv").exists()


def test_the_course_and_the_commands(graded):
    def run(*arguments):
        return CliRunner().invoke(app, ["grades", *arguments, "--course", str(graded.root)])

    assert run().exit_code == 0
    whole = rows((graded.root / "grades-course.csv").read_text())
    assert whole[0] == ["student", "last name", "first name", "hw0-tiny (9)", "total", "percent", "counts"]
    assert ["jdoe", "Doe", "Jane", "7", "7", "77.78", "hw0-tiny"] in whole
    assert run("hw0-tiny", "--shape", "canvas").exit_code == 0
    assert (graded.root / "grades-hw0-tiny-canvas.csv").exists()
    assert run("hw0-tiny", "--shape", "moodle", "--column", "Homework 0").exit_code == 0
    assert '"Homework 0"' in (graded.root / "grades-hw0-tiny-moodle.csv").read_text()
    assert run("hw0-tiny", "--shape", "gradescope").exit_code == 0
    assert run("hw0-tiny", "--column", "Homework 0").exit_code == 1
    assert run("hw0-tiny", "--shape", "gradescope", "--column", "Homework 0").exit_code == 1
    assert (graded.root / "grades-hw0-tiny-gradescope" / "jdoe" / "results.json").exists()
    with pytest.raises(StaffError, match="no shape 'odd'"):
        exports.write(graded, "hw0-tiny", "odd", graded.root / "x")
