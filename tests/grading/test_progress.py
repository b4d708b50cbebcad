"""`coursework status`: of a run that goes on, has ended, was stopped or killed, or never was."""

import os
import subprocess
import sys

import pytest

from coursework.core.course import StaffError, alone
from coursework.core.files import read_json, write_json
from coursework.grading import progress
from coursework.grading.autograde import Graded
from tests.support.course import answered, submit


def said(course):
    return "\n".join(progress.report(course, "hw0-tiny", lambda seconds: f"{seconds % 86400:.0f}"))


def nothing(*_):
    pass


@pytest.fixture
def three(proven):
    for student in ("ann", "ben", "cid"):
        submit(proven, student, answered(proven))
    return proven


def test_a_run_from_its_beginning_to_its_end(three):
    assert "No run of autograde is known here" in said(three) and "0 of 3 submissions" in said(three)
    with progress.told(three, "hw0-tiny", nothing) as (tell, began):
        assert "reading the submissions" in said(three)
        tell(0, 3, None)
        began("ann", "node1/4711")
        progress_file = read_json(three.state("run-hw0-tiny.json"))
        assert progress_file["process"] == os.getpid()
        tell(1, 3, Graded("ann"))
        began("ben", "node2/4712")
        tell(2, 3, Graded("ben", error="no sandbox on node2"))
        began("cid", "node1/4711")
        tell(3, 3, Graded("cid"))
        assert "2 graded, 0 running, 0 being recorded, 0 waiting, 1 failed, of 3" in said(three)
        assert "failed: ben: no sandbox on node2" in said(three)
    assert "the last run has ended" in said(three) and "3 done, 1 of them failed" in said(three)


def test_what_runs_where_since_when_and_for_how_long_yet(three, monkeypatch):
    monkeypatch.setattr(progress, "OFTEN", 0.0)
    with progress.told(three, "hw0-tiny", nothing) as (tell, began):
        tell(0, 3, None)
        began("ann", "node1/4711")
        assert "running: ann on node1/4711 since" in said(three) and "time left: not known" in said(three)
        tell(1, 3, Graded("ann"))
        began("ben", "node2/4712")
        assert "1 graded, 1 running, 0 being recorded, 1 waiting, 0 failed" in said(
            three
        ) and "time left: about" in said(three)
        assert "ann on" not in said(three)
        began("cid", "node2/4712")  # ben has run, and his answer is on its way
        assert "1 graded, 1 running, 1 being recorded, 0 waiting" in said(three) and "ben on" not in said(three)


def test_the_time_left_is_that_of_the_pace_so_far():
    state = progress.State(first=100.0, todo=10, done=4)
    assert state.seconds_left(now=140.0) == 60.0
    assert progress.State(first=100.0, todo=10).seconds_left(now=140.0) is None


def test_a_run_that_fails_counts_as_stopped(three):
    with pytest.raises(StaffError), progress.told(three, "hw0-tiny", nothing) as (tell, _):
        tell(0, 3, None)
        raise StaffError("the scheduler went away")
    assert ", was stopped, " in said(three) and "run `coursework autograde hw0-tiny` for the rest" in said(three)


def test_a_killed_run_is_known_by_its_process(three):
    code = (
        "import os, sys\nfrom pathlib import Path\nfrom coursework.core.course import Course\n"
        "from coursework.grading import progress\n"
        "with progress.told(Course(Path(sys.argv[1])), 'hw0-tiny', print) as (tell, began):\n"
        "    tell(0, 3, None)\n    os.kill(os.getpid(), 9)\n"
    )
    process = subprocess.Popen([sys.executable, "-c", code, three.root], stdout=subprocess.DEVNULL)
    os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)  # it is dead, and still there by its number
    for _ in range(2):
        assert "ended without a word" in said(three) and "0 of 3 done; 0 of 3 submissions have a grade" in said(three)
        assert "run `coursework autograde hw0-tiny` for the rest" in said(three) and "goes on" not in said(three)
        process.wait()


def test_a_container_that_is_gone_runs_nothing_any_more(three):
    with progress.told(three, "hw0-tiny", nothing) as (tell, began):
        tell(0, 3, None)
        began("ann", "node1/4711")
        state = read_json(three.state("run-hw0-tiny.json")) | {"host": "elsewhere", "running": {"ann": ["here/1", 1.0]}}
    write_json(three.state("run-hw0-tiny.json"), state)
    assert "a run goes on" in said(three)
    write_json(three.state("run-hw0-tiny.json"), state | {"heard": state["heard"] - 3600})
    assert "ended without a word" in said(three) and "not finished: ann on here/1" in said(three)
    with alone(three, "hw0-tiny"):
        assert "a run goes on" in said(three)


def test_a_process_with_the_same_number_is_another_one(three):
    with progress.told(three, "hw0-tiny", nothing) as (tell, _):
        tell(0, 3, None)
        state = read_json(three.state("run-hw0-tiny.json"))
        write_json(three.state("run-hw0-tiny.json"), state | {"born": state["born"] - 100})
        assert "ended without a word" in said(three)
        write_json(three.state("run-hw0-tiny.json"), state | {"host": "elsewhere"})
        assert "it runs on another machine, and was last heard of" in said(three)


@pytest.mark.parametrize("content", ["", "[]", '{"running": 3}', '{"running": {"ann": 1}}', '{"later": 1}', "{"])
def test_a_file_of_another_version_is_no_error(three, content):
    three.state("run-hw0-tiny.json").write_text(content)
    assert said(three).startswith("hw0-tiny: ")
