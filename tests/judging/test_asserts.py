"""Tests that asserts decide: what counts, and what is said."""

import pytest
from nbformat.v4 import new_code_cell, new_output

from coursework.core.text import for_students
from coursework.judging import asserts
from coursework.judging.judge import judge_cell

HIDDEN = "assert f(1) == 1\n### BEGIN HIDDEN TESTS\nassert f(2) == f(3), 'not for 3'\n### END HIDDEN TESTS"


def cell(*outputs, source=HIDDEN, points=4.0):
    about = {"nbgrader": {"grade_id": "q1-f--t", "grade": True, "solution": False, "points": points}}
    return new_code_cell(source, metadata=about, outputs=list(outputs), execution_count=3)


def error(name, value, line=0):
    return new_output("error", ename=name, evalue=value, traceback=[f"----> {line} assert"] if line else [])


def result(text):
    return new_output("execute_result", {"text/plain": text}, execution_count=3)


def verdict(*outputs, shown=0, stopped="", full=(), **about):
    reference = asserts.record(cell(*full, **about))
    return judge_cell(cell(*outputs, **about), [reference], stopped, [], shown)


@pytest.mark.parametrize(
    ("outputs", "score"),
    [
        ((), 4),
        ((new_output("stream", name="stderr", text="a warning"),), 4),
        ((error("AssertionError", ""),), 0),
        ((error("KeyError", "'a'"),), 0),
        ((result("[1, 2]"),), 4),
    ],
)
def test_an_error_is_nothing_and_none_is_all(outputs, score):
    assert verdict(*outputs).score == score


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ("4", 4),
        ("1.5", 1.5),
        ("0", 0),
        ("9", 4),
        ("-1", 0),
        ("np.float64(2.0)", 2),
        ("nan", 0),
        ("'4'", 0),
        ("1e400", 0),
    ],
)
def test_the_last_line_gives_the_points_where_the_solutions_does(text, score):
    assert verdict(result(text), full=[result("4")]).score == score
    assert verdict(full=[result("4")]).score == 0  # it showed nothing


def test_a_run_that_ended_before_it_earns_nothing():
    assert verdict(stopped="the run ended in q1-f: the kernel died").score == 0
    nothing = cell()
    nothing.execution_count = None
    assert judge_cell(nothing, [asserts.record(cell())], "", []).score == 0


def test_a_visible_assert_is_quoted():
    assert verdict(error("AssertionError", "", line=1), shown=1).message == "it does not hold (`assert f(1) == 1`)."
    assert "three" in verdict(error("AssertionError", "three", line=1), shown=1).message


def test_of_a_hidden_assert_only_the_teachers_own_words_are_said():
    assert verdict(error("AssertionError", "not for 3")).message == "not for 3"
    told = verdict(error("AssertionError", "assert f(2) == f(3)"))
    assert "f(3)" not in told.message and "f(3)" in told.staff
    told = verdict(error("ValueError", "f(2) == f(3)"))
    assert "f(3)" not in for_students(told.message)


def test_a_hidden_region_that_is_not_run_apart_counts_as_hidden():
    source = "for x in [1]:\n    ### BEGIN HIDDEN TESTS\n    assert f(x) == 1\n    ### END HIDDEN TESTS"
    told = verdict(error("AssertionError", "secret", line=3), shown=1, source=source)
    assert told.message == "a hidden assertion does not hold."


def test_the_stub_is_not_answered_yet():
    assert verdict(error("NotImplementedError", ""), shown=1).message == "not answered yet."
