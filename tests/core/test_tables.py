"""A table is whole in a file, and on a terminal of 80 columns no word of it is cut."""

import io

import pytest
from rich.console import Console
from rich.table import Table

from coursework.core.tables import show

WHY = "needs review; the cell [5] gives `softmax` another meaning, which spoils answers; graded without it"


def printed(terminal: bool, width: int = 80, keys: int = 1, why: str = WHY) -> str:
    table = Table("item", "answer", "got", "", title="hw1-mlp", title_justify="left")
    table.add_row("Müller-Lüdenscheidt_Anna-Katharina", "00_an_answer_with_a_long_name_indeed.py", "3.5 / 7", "")
    table.add_row("", "04_plain.py", "7 / 7", f"[yellow]{why}[/]")
    file = io.StringIO()
    show(Console(file=file, force_terminal=terminal, width=width, color_system=None), table, keys)
    return file.getvalue()


def test_in_a_file_a_row_is_a_line_without_colour():
    lines = printed(terminal=False).splitlines()
    assert any(WHY in line and "04_plain.py" in line and "7 / 7" in line for line in lines)
    assert "\x1b" not in "".join(lines) and len(lines) == 7


@pytest.mark.parametrize("width", [80, 100])
def test_on_a_narrow_terminal_the_sentences_follow_below(width):
    text = printed(terminal=True, width=width, keys=2)
    assert all(len(line) <= width for line in text.splitlines()) and "…" not in text
    below = " ".join(text.partition("└")[2].split("\n", 1)[1].split())
    assert below == f"Müller-Lüdenscheidt_Anna-Katharina 04_plain.py: {WHY}"


def test_what_fits_stays_one_table():
    assert "│ graded │" in printed(terminal=True, width=130, why="graded") and ": graded" not in printed(
        True, 130, 1, "graded"
    )
