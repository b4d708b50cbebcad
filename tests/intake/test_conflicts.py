"""Marks of a git conflict in a notebook's file: also with the lines of Windows, and one that was forgotten."""

import pytest

from coursework.intake.repair import repair
from tests.intake.test_readable import ANSWERS, conflict, dumped, plain, sources
from tests.support.notebooks import skeleton


@pytest.mark.parametrize("mark", ["<<<<<<< HEAD", "=======", ">>>>>>> 5f2c1aa", "||||||| base"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_mark_of_a_conflict_that_was_forgotten_is_taken_off_and_named(mark, end):
    lines = dumped(plain()).split("\n")
    at = next(n for n, line in enumerate(lines) if "ans_1_2 = 6585" in line)
    nb, record = repair(end.join([*lines[:at], mark, *lines[at:]]).encode(), skeleton(), "x.ipynb")
    assert {c.id: c.source.strip() for c in nb.cells if c.id in ANSWERS} == ANSWERS
    said = [r.text for r in record.repairs if r.what == "recovered" and r.review]
    assert said == [f"The file has a mark of a git conflict (line {at + 1}: `{mark}`); it was taken off."]


def test_with_a_forgotten_mark_no_side_is_lost_unsaid():
    """Both sides are there and only one mark is left: one key would hide the other one."""
    lines = sources("\n".join).split("\n")
    at = next(n for n, line in enumerate(lines) if "ans_1_2 = 6585" in line)
    other = lines[at].replace("6585", "6500")
    body = "\n".join([*lines[:at], lines[at].rstrip(",") + ",", "=======", other, *lines[at + 1 :]])
    record = repair(body.encode(), skeleton(), "x.ipynb")[1]
    assert record.review and f"a mark of a git conflict in line {at + 2}" in " ".join(r.text for r in record.repairs)


def test_the_lines_of_windows_are_those_of_a_conflict_too():
    body = conflict(dumped(plain()), "ans_1_2 = 6585", "ans_1_2 = 6500").replace("\n", "\r\n")
    nb, record = repair(body.encode(), skeleton(), "x.ipynb")
    said = " ".join(r.text for r in record.repairs if r.review)
    assert "marks of a git conflict" in said and "q1-2-count" in said and "damaged" not in said
    whole = "\n".join(c.source for c in nb.cells)
    assert "6585" in whole and "6500" in whole
