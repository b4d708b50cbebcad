"""No feedback page shows a hidden test, a mark scheme or a solution, whichever answer of the bank is handed in."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
from benchmarks import leaks  # noqa: E402
from coursework.core.course import Course  # noqa: E402
from coursework.returning import feedback  # noqa: E402

ASSIGNMENTS = sorted(p.stem for p in ROOT.glob("source/*/*.ipynb"))


def test_a_small_bank_shows_nothing_and_what_is_planted_is_found(proven_files, tmp_path, monkeypatch):
    monkeypatch.delenv("COURSEWORK_DATA", raising=False)
    course, done = leaks.returned(Course(proven_files), "hw0-tiny", tmp_path)
    leaks.look_through(course, "hw0-tiny", done)
    assert not done.found and (done.pages, done.answers, done.run) == (9, 12, 0)
    assert done.lines == {"hidden test": 4, "mark scheme": 1, "solution": 4}

    lines = feedback._lines
    monkeypatch.setattr(feedback, "MARK_SCHEME", leaks.re.compile("(?!)"))
    told = "x = np.random.default_rng(7)  .normal(size=(3, 2))"  # as blanks differ on a page
    monkeypatch.setattr(feedback, "_lines", lambda *about: [*lines(*about), told, "or: twice_what_was_given = 2 * x"])
    feedback.write_feedback(course, "hw0-tiny", ["Bank_003"])
    leaks.look_through(course, "hw0-tiny", done)
    assert set(done.found) == {
        ("Bank_003", "mark scheme", "2 — because one and one is two"),
        ("Bank_003", "hidden test", "x = np.random.default_rng(7).normal(size=(3, 2))"),
        ("Bank_003", "solution", "twice_what_was_given = 2 * x"),
    }


@pytest.mark.slow
@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_the_whole_bank_shows_nothing(assignment):
    done = leaks.search(Course(ROOT), assignment)
    assert not done.found, done.found[:5]
    assert done.pages >= 19 and done.answers >= 100 and done.lines["hidden test"] >= 50
