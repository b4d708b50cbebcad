"""A download is of the assignment of most of its notebooks, also where somebody has uploaded another one."""

import zipfile

import nbformat
import pytest

from coursework.core.course import Course
from coursework.core.files import write_json
from coursework.intake.waiting import waiting
from tests.support.course import answered, take

NAMES = [letter * 3 for letter in "abcdefgh"]
ROSTER = "id,last,first\n" + "".join(f"p{number},{name},First\n" for number, name in enumerate(NAMES))
LINK = b"<html>https://colab.google/x</html>"


def of(course, assignment):
    """An answered notebook of an assignment that has the tiny one's cells."""
    nb = answered(course)
    nb.metadata.coursework.assignment = assignment
    return nbformat.writes(nb)


@pytest.fixture
def two(course):
    """A course with a second assignment, released too."""
    for place, source in ((course.source, "source"), (course.released, "release")):
        nb = nbformat.read(place("hw0-tiny"), as_version=4)
        nb.metadata.coursework.assignment = "hw1-other"
        path = course.root / source / "hw1-other" / "hw1-other.ipynb"
        path.parent.mkdir()
        nbformat.write(nb, path)
    (course.root / "roster.csv").write_text(ROSTER)
    return Course(course.root)


def moodle(course, files, folder=""):
    path = course.root / "moodle.zip"
    with zipfile.ZipFile(path, "a") as z:
        for number, (name, content) in files.items():
            person = f"First {NAMES[number]}_{number}_assignsubmission_file_"
            z.writestr(zipfile.ZipInfo(f"{folder}{person}/{name}", (2026, 10, 5, 20, 0, 0)), content)
    return path


def test_one_notebook_of_another_assignment_does_not_hide_what_the_others_meant(two):
    files = {n: ("work.ipynb", of(two, "hw0-tiny")) for n in range(3)}
    files |= {3: ("work.ipynb", of(two, "hw1-other")), 4: ("link.html", LINK), 5: ("work.docx", b"PK\3\4")}
    pile = moodle(two, files)
    # An earlier run had taken the link for one of the other assignment.
    path = f"First {NAMES[4]}_4_assignsubmission_file_/link.html"
    write_json(two.state("waiting-hw1-other.json"), {"p4": {"file": path, "why": "submitted a link"}})
    for _ in range(2):
        report = take(two, pile, roster="roster.csv")
        assert set(waiting(two, "hw0-tiny")) == {"p4", "p5"} and waiting(two, "hw1-other") == {}
        assert not any("nothing says" in why for _, why in report.refused)
        assert set(report.nothing) == {"hw0-tiny"} and report.nothing["hw0-tiny"] == ["p3", "p6", "p7"]
        [stray] = [t for t in report.taken if t.assignment == "hw1-other"]
        assert stray.review and "it is of hw1-other, in a download of hw0-tiny" in stray.odd
        assert not any("in a download of" in o for t in report.taken if t is not stray for o in t.odd)


def test_two_downloads_in_one_inbox_are_each_of_their_own_assignment(two):
    moodle(two, {n: ("work.ipynb", of(two, "hw0-tiny")) for n in range(3)} | {4: ("link.html", LINK)}, "one/")
    pile = moodle(two, {n: ("work.ipynb", of(two, "hw1-other")) for n in range(2)} | {5: ("link.html", LINK)}, "two/")
    report = take(two, pile, roster="roster.csv")
    assert (set(waiting(two, "hw0-tiny")), set(waiting(two, "hw1-other"))) == ({"p4"}, {"p5"})
    assert set(report.nothing) == {"hw0-tiny", "hw1-other"}
    assert not any("in a download of" in o for t in report.taken for o in t.odd)


def test_where_nothing_is_most_nothing_is_guessed(two):
    files = {0: ("work.ipynb", of(two, "hw0-tiny")), 1: ("work.ipynb", of(two, "hw1-other")), 4: ("link.html", LINK)}
    report = take(two, moodle(two, files), roster="roster.csv")
    assert "which assignment it was, nothing says" in report.refused[0][1]
    assert not any("in a download of" in o for t in report.taken for o in t.odd)
