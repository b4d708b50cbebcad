"""What came of evidence stays while nothing it depends on has changed: after a regrade, and after nbgrader's button."""

import nbformat
import pytest
from nbgrader.api import Gradebook
from nbgrader.converters import Autograde

from coursework.authoring import release
from coursework.core.files import read_json
from coursework.grading import autograde, regrade
from tests.judging.test_evidence import hand_in, with_evidence
from tests.support.course import answered, submit

BANDS = {"bands": [[0.98, 1.0]], "labels": "labels"}
CELL = "q1-1-double--evidence"


@pytest.fixture
def course(tiny, monkeypatch):
    """A submission whose weights earned the evidence cell's points, and one whose weights did not."""
    course = with_evidence(tiny, monkeypatch, 4, **BANDS)
    hand_in(course, "Honest_Ada", 1.0, "1")
    hand_in(course, "Weak_Bo", 1.0, "0")
    rows = autograde.autograde(course, "hw0-tiny").rows
    assert [row.score for row in rows] == [11, 7]
    return course


def change_cell(course, grade_id, old, new):
    path = course.source("hw0-tiny")
    nb = nbformat.read(path, as_version=4)
    cell = next(c for c in nb.cells if c.id == grade_id)
    assert old in cell.source
    cell.source = cell.source.replace(old, new)
    nbformat.write(nb, path)
    release.release(course, "hw0-tiny", unproven=True)


def score(course, student):
    return read_json(course.autograded(student, "hw0-tiny") / "verdict.json")["cells"][CELL]["score"]


def button(course, monkeypatch):
    """What formgrader's Autograde button does."""
    monkeypatch.chdir(course.root)
    converter = Autograde(coursedir=course.directory("hw0-tiny", "Honest_Ada"), config=course.config)
    converter.force = True
    converter.start()
    with Gradebook(course.db_url) as gradebook:
        grade = gradebook.find_grade(CELL, "hw0-tiny", "hw0-tiny", "Honest_Ada")
        return grade.auto_score, grade.needs_manual_grade


def test_a_regrade_shows_what_it_will_write(course):
    change_cell(course, "q1-1-double--values", "double(x), said", "double(x), atol=0.1, said")
    found = regrade.plan(course, "hw0-tiny", "q1-1-double")
    assert [(c.old, c.new) for c in found.changes] == [(8, 8), (4, 4)] and found.others == []
    assert all(CELL not in [cell.id for cell in c.executed.cells] for c in found.changes)
    regrade.write(course, found)
    assert (score(course, "Honest_Ada"), score(course, "Weak_Bo")) == (4, 0)
    assert not any(row.fresh for row in autograde.autograde(course, "hw0-tiny").rows)


def test_a_changed_evidence_cell_is_for_autograde(course):
    change_cell(course, CELL, "% 10", "% 10 + 0")
    found = regrade.plan(course, "hw0-tiny", "q1-1-double")
    assert found.others == [CELL]
    regrade.write(course, found)
    assert score(course, "Honest_Ada") == 4
    assert all(row.fresh for row in autograde.autograde(course, "hw0-tiny").rows)


def test_the_button_keeps_the_outcomes_of_an_unchanged_hand_in(course, monkeypatch):
    for _ in range(2):  # also of what the button itself has kept
        assert button(course, monkeypatch) == (4, False)
    assert autograde.autograde(course, "hw0-tiny").rows[0].score == 11


@pytest.mark.parametrize("what", ["answer", "file", "limits"])
def test_the_button_knows_no_outcome_of_another_hand_in(course, monkeypatch, what):
    if what == "answer":
        submit(course, "Honest_Ada", answered(course, double="def double(x):\n    return 2 * x\n"))
    elif what == "file":
        (course.submitted("Honest_Ada", "hw0-tiny") / "handin" / "w.txt").write_text("0")
    else:
        monkeypatch.setattr("coursework.grading.verdicts.conditions", lambda _: "others")
    assert button(course, monkeypatch) == (0, True)
