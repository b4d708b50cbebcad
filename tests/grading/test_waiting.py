"""What waits for a person: an answer with points that no test gives, and no other."""

from types import SimpleNamespace

import pytest

from coursework.grading.gradebook import set_grade


@pytest.mark.parametrize(("points", "waits"), [(2, True), (0, False)])
def test_a_written_answer_without_points_holds_no_grade_back(points, waits):
    grade = SimpleNamespace(manual_score=None, auto_score=None, max_score=points, needs_manual_grade=False)
    set_grade(grade, None, unchanged=False, waits=False)
    assert grade.needs_manual_grade == waits and grade.auto_score is None


@pytest.mark.parametrize(
    ("given", "needs", "unchanged", "waits", "after"),
    [
        (1.5, False, True, False, False),  # settled, and the answer is the same
        (1.5, False, False, False, True),  # it was given for another answer
        (1.5, True, True, False, True),  # somebody has opened it again
        (None, False, True, True, True),  # its points wait for a grader
        (None, True, False, False, False),  # a test gives these points now
    ],
)
def test_what_a_human_has_settled_stays_so_while_the_answer_is_the_same(given, needs, unchanged, waits, after):
    grade = SimpleNamespace(manual_score=given, auto_score=None, max_score=2, needs_manual_grade=needs)
    set_grade(grade, 1.0, unchanged, waits)
    assert grade.needs_manual_grade == after and grade.auto_score == 1.0 and grade.manual_score == given
