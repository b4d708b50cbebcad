"""Bad input gets one line that says what to do, and a non-zero exit."""

import subprocess
import sys

import pytest
from conftest import answered, submit
from typer.testing import CliRunner

from coursework.cli import app


def coursework(*words, cwd):
    command = [sys.executable, "-m", "coursework.cli", *map(str, words)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["release", "hw9"], "no assignment 'hw9'"),
        (["collect", "nowhere"], "is not there"),
        (["collect", "nbgrader_config.py"], "no folder and no zip"),
        (["autograde", "hw0-tiny"], "coursework collect"),
        (["feedback", "hw0-tiny"], "coursework autograde hw0-tiny"),
        (["prove"], "name an assignment"),
        (["release", "hw0-tiny", "--publish", "out"], "badge_base"),
    ],
)
def test_one_line(proven, words, says):
    result = coursework(*words, cwd=proven.root)
    assert result.returncode == 1, result.stdout
    assert says in result.stderr and len(result.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("setting", "says"),
    [
        ("c.CourseworkSettings.grace_days = '3'", "grace_days"),
        ("c.CourseworkSettings.grace_days = -3", "grace_days"),
        ("c.CourseworkSettings.late_multiplier = 10.0", "late_multiplier"),
        ("c.CourseworkSettings.deadlines = '2026-10-05'", "deadlines"),
        ("c.CourseworkSettings.deadlines = {'hw0_tiny': '2026-10-05 23:59'}", "deadline for 'hw0_tiny'"),
        ("c.CourseworkSettings.workers = 1)", "line"),
        ("c.CourseworkSettings.roster = 'r.csv'", "extension hw0_tiny"),
    ],
)
def test_a_wrong_setting_is_one_line(proven, setting, says):
    (proven.root / "r.csv").write_text("id,last,first,extension hw0_tiny\na,A,B,5\n")
    submit(proven, "a", answered(proven))
    with (proven.root / "nbgrader_config.py").open("a") as config:
        config.write(f"\n{setting}\n")
    result = coursework("autograde", "hw0-tiny", cwd=proven.root)
    assert result.returncode == 1 and says in result.stderr, result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize("command", ["grades", "autograde", "report"])
def test_a_damaged_gradebook_is_one_line(proven, command):
    submit(proven, "a", answered(proven))
    (proven.root / "gradebook.db").write_text("garbage\n" * 100)
    result = coursework(command, "hw0-tiny", cwd=proven.root)
    assert result.returncode == 1 and "gradebook" in result.stderr, result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


def test_an_unknown_assignment_is_told_from_an_ungraded_one(proven):
    for command in ("report", "likeness", "autograde"):
        assert "no assignment 'hw9'" in coursework(command, "hw9", cwd=proven.root).stderr


def test_a_folder_in_the_place_of_a_file_leaves_nothing_behind(proven):
    submit(proven, "a", answered(proven))
    assert coursework("autograde", "hw0-tiny", cwd=proven.root).returncode == 0
    before = sorted(p.name for p in proven.root.parent.iterdir())
    result = coursework("grades", "hw0-tiny", "--out", proven.root, cwd=proven.root)
    assert result.returncode == 1 and len(result.stderr.strip().splitlines()) == 1
    assert sorted(p.name for p in proven.root.parent.iterdir()) == before


def test_an_interrupt_says_what_is_kept(proven, monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("coursework.autograde.autograde", interrupted)
    run = CliRunner().invoke(app, ["autograde", "hw0-tiny", "--course", str(proven.root)])
    assert run.exit_code == 130 and "What was graded is kept" in run.output


def test_outside_a_course(tmp_path):
    result = coursework("grades", "hw1-mlp", cwd=tmp_path)
    assert result.returncode == 1 and "nbgrader_config.py" in result.stderr


def test_the_week_of_an_instructor(proven):
    assert coursework("release", "hw0-tiny", "--check", cwd=proven.root).returncode == 0
    submit(proven, "Doe_Jane", answered(proven))
    graded = coursework("autograde", "hw0-tiny", cwd=proven.root)
    assert (
        graded.returncode == 0
        and "7 / 7" in graded.stdout
        and "Sandbox: bubblewrap" in graded.stdout
        and "walls stand" in graded.stdout
    )
    assert coursework("feedback", "hw0-tiny", cwd=proven.root).returncode == 0
    assert coursework("grades", "hw0-tiny", cwd=proven.root).returncode == 0
    assert '"Doe_Jane"' in (proven.root / "grades-hw0-tiny.csv").read_text()


def test_publish_copies_release_and_only_that(proven, tmp_path):
    config = proven.root / "nbgrader_config.py"
    setting = 'c.CourseworkSettings.badge_base = "uni/dl/blob/main/hw"\nconfigure(c)'
    config.write_text(config.read_text().replace("\nconfigure(c)", "\n" + setting))
    result = coursework("release", "hw0-tiny", "--publish", tmp_path / "public", cwd=proven.root)
    assert result.returncode == 0, result.stderr
    files = [p.relative_to(tmp_path / "public").as_posix() for p in (tmp_path / "public").rglob("*") if p.is_file()]
    assert files == ["hw/hw0-tiny/hw0-tiny.ipynb"]
