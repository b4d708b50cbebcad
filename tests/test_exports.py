"""What other systems import: their headers, our totals, nothing that a spreadsheet would run."""

import csv
import json

import pytest
from conftest import answered, submit
from nbgrader.api import Gradebook
from typer.testing import CliRunner

from coursework import exports
from coursework.autograde import autograde
from coursework.cli import app
from coursework.course import Course, StaffError

ROSTER = """id,last,first,email,section,number
jdoe,Doe,Jane,jane@uni.edu,A,101
rroe,=cmd,Rita,rita@uni.edu,B,102
n,Moe,N,,,
"""


@pytest.fixture
def graded(proven):
    (proven.root / "roster.csv").write_text(ROSTER)
    config = proven.root / "nbgrader_config.py"
    config.write_text(config.read_text() + "\nc.CourseworkSettings.roster = 'roster.csv'\n")
    course = Course(proven.root)
    submit(course, "jdoe", answered(course))
    submit(course, "rroe", answered(course, double="def double(x):\n    return x * x\n"))
    autograde(course, "hw0-tiny")
    return course


def rows(text):
    return list(csv.reader(text.splitlines()))


def test_canvas(graded):
    head, points, *people = rows(exports.canvas(graded, "hw0-tiny"))
    assert head == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "hw0-tiny"]
    assert points == ["    Points Possible", "", "", "", "", "9"]
    assert people[0] == ["Doe, Jane", "101", "jdoe", "jane@uni.edu", "A", "7"]
    assert people[1][0] == "'=cmd, Rita" and people[1][-1] == "3" and len(people) == 2


def test_moodle(graded):
    head, *people = rows(exports.moodle(graded, "hw0-tiny"))
    assert head[2:] == ["ID number", "Email address", "hw0-tiny", "Feedback comments"]
    assert people[0][2:] == ["101", "jane@uni.edu", "7", "1 answers wait for a reader"]


def test_gradescope(graded):
    found = json.loads(exports.gradescope(graded, "hw0-tiny")["rroe"])
    assert found["score"] == 3 and [t["max_score"] for t in found["tests"]] == [4, 3, 2]
    assert "That is the square" in found["tests"][0]["output"]


def test_the_course_and_the_commands(graded, monkeypatch):
    def run(*arguments):
        return CliRunner().invoke(app, ["grades", *arguments, "--course", str(graded.root)])

    assert run().exit_code == 0
    whole = rows((graded.root / "grades-course.csv").read_text())
    assert whole[0] == ["student", "last name", "first name", "hw0-tiny (9)", "total"]
    assert ["jdoe", "Doe", "Jane", "7", "7"] in whole
    assert run("hw0-tiny", "--shape", "canvas").exit_code == 0
    assert (graded.root / "grades-hw0-tiny-canvas.csv").exists()
    assert run("hw0-tiny", "--shape", "gradescope").exit_code == 0
    assert (graded.root / "grades-hw0-tiny-gradescope" / "jdoe" / "results.json").exists()
    with pytest.raises(StaffError, match="no shape 'odd'"):
        exports.write(graded, "hw0-tiny", "odd", graded.root / "x")
    monkeypatch.chdir(graded.root)
    with Gradebook(graded.db_url) as gradebook:
        plugin = exports.MoodleExport()
        plugin.to, plugin.assignment = "m.csv", ["hw0-tiny"]
        plugin.export(gradebook)
    assert "jane@uni.edu" in (graded.root / "m.csv").read_text()
