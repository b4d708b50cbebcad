"""Texts of strangers: what a submission says goes to terminals, tables and pages, so it is tamed first."""

import re

# Control characters (terminals obey some of them), halves of surrogate pairs (no file takes them), other line ends, and
# what turns the direction of writing (a name can look like another one).
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
BLANK = re.compile("[\t\r\n]+")


def printable(text: str, most: int | None = None, lines: bool = False) -> str:
    """`text` in one line, or in its `lines`, of at most `most` characters; � stands for what no terminal should get."""
    text = text.replace("\r\n", "\n").replace("\r", "\n") if lines else BLANK.sub(" ", text)
    text = CONTROL.sub("�", text)
    return text if most is None or len(text) <= most else text[: most - 1] + "…"
