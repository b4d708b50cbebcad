"""Texts are cut between words, and never within a quoted line."""

import pytest

from coursework.core.text import shortened


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
