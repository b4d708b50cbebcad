"""A grading run that stops anywhere, or fails, leaves no wrong grade for good and no human's work to do again."""

import shutil

import pytest
from nbgrader.api import Gradebook

from coursework.core.files import read_json
from coursework.grading import autograde, gradebook
from tests.support.course import answered, copied, prepared, submit

WRONG = "def double(x):\n    return x * x\n"
PLACES = [
    "grading.gradebook.judge_run",
    "grading.gradebook.save_scores",
    "grading.gradebook.set_grade",
    "grading.gradebook.Verdict.write",
    "grading.recording.tell_gradebook",
    "grading.recording.seal",
]


class Killed(BaseException):
    """Like a signal: nobody catches it and tidies up."""


def kill_at(patch, place):
    """Let the next run end where `place` is called; of several calls in a run, at the second."""
    calls = []

    def die(*args, **kwargs):
        calls.append(args)
        if place.endswith("Verdict.write") and args[1].name != "verdict.json":
            return written(*args, **kwargs)
        if place.endswith("set_grade") and len(calls) < 2:
            return added(*args, **kwargs)
        raise Killed

    written, added = gradebook.Verdict.write, gradebook.set_grade
    patch.setattr(f"coursework.{place}", die)


def killed_run(course, monkeypatch, place):
    with monkeypatch.context() as patch, pytest.raises(Killed):
        kill_at(patch, place)
        pytest.fail(f"it ran to its end: {autograde.autograde(course, 'hw0-tiny').rows}")


def recorded(course):
    """(score, whether the theory answer waits for a human) of the one student."""
    with Gradebook(course.db_url) as book:
        waits = book.find_grade("q1-3-why", "hw0-tiny", "hw0-tiny", "ann").needs_manual_grade
        return book.find_submission("hw0-tiny", "ann").score, waits


def mark_by_hand(course):
    with Gradebook(course.db_url) as book:
        grade = book.find_grade("q1-3-why", "hw0-tiny", "hw0-tiny", "ann")
        grade.manual_score, grade.needs_manual_grade = 2, False
        book.db.commit()


def settle(proven):
    submit(proven, "ann", answered(proven, double=WRONG))
    autograde.autograde(proven, "hw0-tiny")
    mark_by_hand(proven)
    assert recorded(proven) == (5, False)
    submit(proven, "ann", answered(proven))


@pytest.fixture(scope="module")
def settled_files(proven_files, tmp_path_factory):
    return prepared(proven_files, tmp_path_factory, settle)


@pytest.fixture
def settled(settled_files, tmp_path, monkeypatch):
    """A graded and marked submission, 3 + 2 points, and a newer one with the same theory answer, worth 7 + 2."""
    return copied(settled_files, tmp_path, monkeypatch)


@pytest.mark.parametrize("place", PLACES)
def test_a_killed_run_is_done_again(settled, monkeypatch, place):
    killed_run(settled, monkeypatch, place)
    (row,) = autograde.autograde(settled, "hw0-tiny").rows
    assert row.fresh and row.score == 7
    assert recorded(settled) == (9, False)
    assert not autograde.autograde(settled, "hw0-tiny").rows[0].fresh


def test_a_students_scores_are_written_together_or_not_at_all(settled, monkeypatch):
    killed_run(settled, monkeypatch, "grading.gradebook.set_grade")
    assert recorded(settled) == (5, False)


def test_a_run_that_fails_keeps_what_a_human_has_settled(settled, monkeypatch):
    """nbgrader removes the autograded folder then, with the record of the answers that were marked."""

    def fails(*_):
        raise RuntimeError("disk full")

    with monkeypatch.context() as patch:
        patch.setattr(gradebook, "set_grade", fails)
        (row,) = autograde.autograde(settled, "hw0-tiny").rows
    assert "disk full" in row.error and not settled.autograded("ann", "hw0-tiny").exists()
    autograde.autograde(settled, "hw0-tiny")
    assert recorded(settled) == (9, False)


def test_everything_that_is_settled_stands_in_the_folders_that_are_kept(settled):
    autograde.autograde(settled, "hw0-tiny")
    shutil.rmtree(settled.root / ".coursework")
    autograde.autograde(settled, "hw0-tiny", force=True)
    assert recorded(settled) == (9, False)
    assert not list(settled.root.glob(".coursework/before/*/*"))


def test_another_answer_waits_for_a_human_again(settled):
    submit(settled, "ann", answered(settled, why="Because of something else."))
    autograde.autograde(settled, "hw0-tiny")
    assert recorded(settled) == (9, True)


def test_the_record_that_a_killed_run_left_is_not_taken_for_a_grade(settled, monkeypatch):
    killed_run(settled, monkeypatch, "grading.recording.seal")
    verdict = read_json(settled.autograded("ann", "hw0-tiny") / "verdict.json")
    assert verdict["fingerprint"] == "" and recorded(settled) == (9, False)  # it stands only beside written scores
