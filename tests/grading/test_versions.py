"""The class's versions beside the grader's, from what was submitted."""

import json

import pytest

from coursework.core.course import CONFIG_NAME, Course
from coursework.core.files import write_json
from coursework.grading import versions
from coursework.judging import differences
from coursework.judging.differences import Versions

LINE = "Python {}, PyTorch {}, NumPy {}, on cpu\\n"


@pytest.fixture
def here(tmp_path, monkeypatch) -> Course:
    (tmp_path / CONFIG_NAME).write_text("c = get_config()\nc.CourseworkSettings.students_python = '3.13'\n")
    for module in (versions, differences):
        monkeypatch.setattr(module, "here", lambda: Versions("3.11.7", "2.14.1", "2.4.6"))
    return Course(tmp_path)


def submit(course, student, text, original="original/hw.ipynb"):
    folder = course.submitted(student, "hw")
    (folder / "original").mkdir(parents=True)
    (folder / "hw.ipynb").write_text("{}")
    (folder / "original" / "hw.ipynb").write_text(text)
    write_json(folder / "repair.json", {"original": original})


def test_a_class_on_three_environments(here):
    submit(here, "a", LINE.format("3.13.15", "2.11.0+cu128", "2.1.3"))
    submit(here, "b", LINE.format("3.13.15", "2.11.0+cu128", "2.1.3"))
    submit(here, "c", json.dumps({"metadata": {"language_info": {"name": "python", "version": "3.11.2"}}}))
    submit(here, "d", "nothing is said: the setting holds")
    assert versions.table(here, "hw") == [
        ("Python", "3.11.7", "3.13.15 × 2, 3.11.2 × 1, 3.13 × 1"),
        ("PyTorch", "2.14.1", "2.11.0+cu128 × 2, not said × 2"),
        ("NumPy", "2.4.6", "2.1.3 × 2, not said × 2"),
    ]
    lines = versions.warnings(here, "hw")
    assert lines[0].startswith("3 students ran on a newer Python than the grader's 3.11.7")
    assert any(line.startswith("2 students ran on another side of this: from PyTorch 2.14 on") for line in lines)
    assert versions.warnings(here, "hw", ["c"]) == []
    assert versions.warnings(here, "hw", ["d"])[0].startswith("d ran on a newer Python")


def test_a_record_that_points_elsewhere_is_not_followed(here):
    (here.root / "secret").write_text(LINE.format("3.13.15", "2.11.0", "2.1.3"))
    submit(here, "a", "", original="../../../secret")
    assert versions.of(here, "hw", "a") == Versions("3.13")
    assert versions.of(here, "hw", "nobody") == Versions("3.13")
    assert versions.table(here, "other")[0][2] == "nobody yet"
