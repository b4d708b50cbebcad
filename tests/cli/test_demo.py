"""The README's demo, as a user runs it."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from coursework.cli import demo
from coursework.core.course import Course, StaffError

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.slow
def test_twelve_of_twelve(tmp_path):
    command = [sys.executable, "-m", "coursework.cli.main", "demo", "--folder", str(tmp_path / "demo")]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert "12 of 12 as expected" in result.stdout, result.stdout[-3000:] + result.stderr[-1000:]
    assert result.returncode == 0
    pages = list((tmp_path / "demo").glob("feedback/*/hw1-mlp/hw1-mlp.html"))
    assert len(pages) == 12
    text = "".join(page.read_text() for page in pages)
    assert "BEGIN HIDDEN" not in text and "MARK SCHEME" not in text


def test_only_what_a_demo_made_is_deleted(proven):
    """`--folder .` once deleted the course that it was run in."""
    root, mine = proven.root, proven.root / "mine"
    shutil.copytree(root, mine)  # a course of somebody's own, with a configuration in it
    here, above = Course(root), Course(mine)
    for course, folder in ((here, root), (here, root / "x" / ".."), (above, root), (here, root.parent), (here, mine)):
        files = sorted(root.rglob("*"))
        with pytest.raises(StaffError, match="--folder"):
            demo._clear(folder.resolve(), course)
        assert sorted(root.rglob("*")) == files
    with pytest.raises(StaffError, match="is not a folder"):
        demo._clear(root / "nbgrader_config.py", here)
    made = root / "demo"
    for _ in range(2):
        demo._clear(made, here)
        assert [p.name for p in made.iterdir()] == [demo.MARKER]
        (made / "autograded").mkdir()
    with pytest.raises(StaffError, match="is the course"):  # not even a demo, from inside of it
        demo._clear(made, Course(made))


def test_a_folder_that_is_no_course_is_left_alone(tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work")
    command = [sys.executable, "-m", "coursework.cli.main", "demo", "--folder", str(tmp_path / "mine")]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert result.returncode == 1 and "no demo made" in result.stderr
    assert (tmp_path / "mine" / "thesis.txt").read_text() == "years of work"
