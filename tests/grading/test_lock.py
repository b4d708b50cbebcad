"""Whoever grades or collects an assignment does it alone, by whatever way they come."""

import pytest
from nbgrader.apps.api import NbGraderAPI
from nbgrader.converters import Autograde
from nbgrader.converters.base import NbGraderException
from typer.testing import CliRunner

from coursework.cli.commands import app
from coursework.core.course import StaffError, alone
from coursework.intake.collect import collect
from coursework.sandbox import selftest
from tests.support.course import answered, put, submit

BUSY = "hw0-tiny is being graded or collected here already"


def converter_of(course):
    """`nbgrader autograde hw0-tiny`."""
    converter = Autograde(coursedir=course.directory("hw0-tiny"), config=course.config)
    converter.force = True
    return converter


def plain(course):
    with pytest.raises(NbGraderException) as error:
        converter_of(course).start()
    return str(error.value)


def button(course):
    answer = NbGraderAPI(course.directory(), config=course.config).autograde("hw0-tiny", "Doe_Jane")
    assert not answer["success"]
    return answer["log"] + answer["error"]


def collecting(course):
    with pytest.raises(StaffError) as error:
        collect(course, course.root / "inbox")
    return str(error.value)


def collect_button(course):
    answer = NbGraderAPI(course.directory(), config=course.config).collect("hw0-tiny")
    assert not answer["success"]
    return answer["log"]


def command(*words):
    def run(course):
        found = CliRunner().invoke(app, [*words, "--course", str(course.root)])
        assert found.exit_code == 1
        return str(found.exception)

    return run


@pytest.fixture
def busy(proven, monkeypatch):
    """A course with something to grade and to collect; the sandbox's self-test is not what is looked at."""
    monkeypatch.chdir(proven.root)
    monkeypatch.setattr(selftest, "start_up", lambda root=None: "Self-test")
    submit(proven, "Doe_Jane", answered(proven))
    put(proven, "Roe_Rita_hw0-tiny.ipynb", answered(proven))
    return proven


WAYS = {
    "nbgrader autograde": plain,
    "the button": button,
    "collect": collecting,
    "the button for collecting": collect_button,
    "autograde": command("autograde", "hw0-tiny"),
    "regrade": command("regrade", "hw0-tiny", "q1-1-double", "--yes"),
}


@pytest.mark.parametrize("way", WAYS.values(), ids=list(WAYS))
def test_who_comes_while_somebody_grades_is_told_so_and_changes_nothing(busy, way):
    with alone(busy, "hw0-tiny"):
        assert BUSY in way(busy)
    assert not busy.stage("autograded").exists() or not list(busy.stage("autograded").glob("*/hw0-tiny"))
    assert busy.students("hw0-tiny") == ["Doe_Jane"]


def test_plain_nbgrader_has_the_lock_until_it_has_converted_everything(busy, monkeypatch):
    seen = []

    def convert(self):
        with pytest.raises(StaffError, match=BUSY), alone(busy, "hw0-tiny"):
            pass
        seen.append(self.coursedir.assignment_id)

    monkeypatch.setattr(Autograde, "convert_notebooks", convert)
    converter_of(busy).start()
    assert seen == ["hw0-tiny"]
    with alone(busy, "hw0-tiny"):
        pass


def test_a_sandbox_that_does_not_hold_gives_the_lock_back(busy, monkeypatch):
    def down(root=None):
        raise StaffError("the sandbox does not hold here")

    monkeypatch.setattr(selftest, "start_up", down)
    assert "does not hold" in plain(busy)
    with alone(busy, "hw0-tiny"):
        pass
