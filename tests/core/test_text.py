"""Texts are cut between words, and never within a quoted line; numbers and their words agree."""

import re
import shutil
import sqlite3
from pathlib import Path

import pytest

import coursework
from coursework.core.cells import labelled, short_label
from coursework.core.files import Written
from coursework.core.text import FULL, counted, listed, reason, shortened


@pytest.mark.parametrize(
    "text, most, cut",
    [
        ("short", 10, "short"),
        ("your code raised an error", 20, "your code raised …"),
        ("raised (line: `x = f(a, b) + g(c)`)", 30, "raised (line: …"),
        ("see `a` and then `b c d e f g h`", 24, "see `a` and then …"),
        ("onewordwithoutanyblank", 10, "onewordw …"),
    ],
)
def test_a_message_is_cut_between_words(text, most, cut):
    assert shortened(text, most) == cut and len(cut) <= most


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (TimeoutError(), "it took too long"),
        (MemoryError(), "memory ran out"),
        (KeyError("cells"), "something is missing in it ('cells')"),
        (ValueError("nbformat.NotJSONError: it breaks off\nat line 3"), "it breaks off"),
        (RuntimeError(), "an error that says nothing about itself"),
        (FileNotFoundError(2, "No such file or directory", "x.py"), "x.py: No such file or directory"),
        (OSError(28, "No space left on device"), FULL),
        (OSError(28, "No space left on device", "grades.csv"), FULL),
        (shutil.Error([("a", "b", "[Errno 28] No space left on device: 'a' -> 'b'")]), FULL),
        (sqlite3.OperationalError("database or disk is full"), FULL),
    ],
)
def test_an_exception_speaks_without_its_name(error, says):
    assert reason(error) == says


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("cell q1-1-double--values fails", "question 1.1 (q1-1-double--values) fails"),
        ("q2-1a-x/00_none.py: must get 0", "question 2.1a (q2-1a-x/00_none.py): must get 0"),
        ("the bank of q1-double, cell setup-x", "the bank of question 1 (q1-double), cell setup-x"),
        ("`coursework prove hw1-mlp --item q1-1-x`", "`coursework prove hw1-mlp --item q1-1-x`"),
        ("bank/hw1-mlp/q1-1-x/a.py: the name", "bank/hw1-mlp/q1-1-x/a.py: the name"),
    ],
)
def test_a_message_says_which_question_a_cell_is_of(text, says):
    assert labelled(text) == says


def test_a_narrow_column_has_the_question():
    cells = ("q1-1-double--small-values", "q2-1-mlp", "setup-data", "")
    assert [short_label(cell) for cell in cells] == ["1.1 small values", "2.1 answer", "setup-data", ""]


def test_a_number_and_its_word_agree():
    said = [counted(1, "student"), counted(0, "student"), counted(1200, "student"), counted(2, "entry", "entries")]
    assert said == ["1 student", "0 students", "1,200 students", "2 entries"]


# More than one, whatever happens.
MANY = (
    "all {len(proofs)} walls",
    "{len(expected)} submissions in",
    "has {len(found)} notebooks",
    "{len(names)} students (",
)


def test_no_message_of_the_staffs_counts_one_students():
    """Notebooks and what judges them are proven as they are; `intake` says "2 times" of nothing that is there once."""
    root, found = Path(coursework.__file__).parent, []
    for path in root.rglob("*.py"):
        if path.relative_to(root).parts[0] not in ("notebook", "intake", "judging"):
            lines = path.read_text(encoding="utf-8").splitlines()
            found += [x for x in lines if re.search(r"\{len\([^{}]*\)(:,)?\} [a-z]+s\b", x) and " == 1 else " not in x]
    assert not [line for line in found if not any(known in line for known in MANY) and "as expected" not in line]


def test_a_class_that_waits_is_one_line():
    report = Written("feedback page", "of hw0-tiny in feedback/", [Path("a")])
    report.open = [(name, "1.3 waits for a grader") for name in ("ann", "ben", "cid")] + [("dan", "1.4 waits")]
    report.without = [(f"s{n}", "nothing handed in") for n in range(40)]
    assert report.lines() == [
        f"! no feedback page for 40 students ({', '.join(f's{n}' for n in range(10))}, …): nothing handed in",
        "! feedback pages for ann, ben, cid are not complete: 1.3 waits for a grader",
        "! feedback page for dan is not complete: 1.4 waits",
        "1 feedback page of hw0-tiny in feedback/",
    ]
    assert listed(["ann"]) == "ann"
