"""A course's folders are where nbgrader's configuration puts them."""

from pathlib import Path

import pytest

from coursework.core.course import Course

STAGES = ("source", "release", "submitted", "autograded", "feedback")


@pytest.mark.parametrize("renamed", [(), STAGES])
def test_folders_are_nbgraders(tmp_path, renamed):
    lines = ["c = get_config()", *(f'c.CourseDirectory.{stage}_directory = "my_{stage}"' for stage in renamed)]
    (tmp_path / "nbgrader_config.py").write_text("\n".join(lines))
    course = Course(tmp_path)
    theirs = course.directory("hw0", "ann")
    ours = {
        "submitted": course.submitted("ann", "hw0"),
        "autograded": course.autograded("ann", "hw0"),
        "feedback": course.feedback("ann", "hw0"),
        "release": course.released("hw0").parent,
    }
    for stage, path in ours.items():
        student = "." if stage == "release" else "ann"
        nbgraders = theirs.format_path(getattr(theirs, f"{stage}_directory"), student, "hw0")
        assert path == Path(nbgraders).resolve() and (f"my_{stage}" in str(path)) == (stage in renamed)
    (course.stage("source") / "hw0").mkdir(parents=True)
    (course.stage("source") / "hw0" / "hw0.ipynb").touch()
    course.submitted("ann", "hw0").mkdir(parents=True)
    (course.submitted("ann", "hw0") / "hw0.ipynb").touch()
    assert course.assignments == ["hw0"] and course.students("hw0") == ["ann"]
