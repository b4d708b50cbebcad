"""Texts are cut between words, and never within a quoted line."""

import pytest

from coursework.core.text import reason, shortened


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
    ],
)
def test_an_exception_speaks_without_its_name(error, says):
    assert reason(error) == says
