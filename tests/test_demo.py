"""The README's demo, as a user runs it."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.slow
def test_twelve_of_twelve(tmp_path):
    command = [sys.executable, "-m", "coursework.cli", "demo", "--folder", str(tmp_path / "demo")]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert "12 of 12 as expected" in result.stdout, result.stdout[-3000:] + result.stderr[-1000:]
    assert result.returncode == 0
    pages = list((tmp_path / "demo").glob("feedback/*/hw1-mlp/hw1-mlp.html"))
    assert len(pages) == 12
    text = "".join(page.read_text() for page in pages)
    assert "BEGIN HIDDEN" not in text and "MARK SCHEME" not in text


def test_a_folder_that_is_no_course_is_left_alone(tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work")
    command = [sys.executable, "-m", "coursework.cli", "demo", "--folder", str(tmp_path / "mine")]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert result.returncode == 1 and "is no course" in result.stderr
    assert (tmp_path / "mine" / "thesis.txt").read_text() == "years of work"
