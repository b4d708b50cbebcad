"""Bad input gets one line that says what to do, and a non-zero exit."""

import subprocess
import sys

import pytest
from conftest import answered, submit


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
