"""What the benchmarks count."""

from benchmarks import scratch
from benchmarks.tables import answers, contracts, in_another_way
from coursework.notebook.whole import parses


def test_the_bank_is_counted_in_files():
    matrix = {
        "q1-1-double": {"04_a.py": [4, 4], "04_b.py": [4, 4], "00_c.py": [0, 0]},
        "whole notebook": {"blank": [0, 0], "source": [7, 7]},
    }
    assert answers(matrix) == (2, 1)


def test_the_clauses_and_the_rewrites_are_tables():
    clauses = {"q1-1-double": {"value": ["00_half.py", "00_square.py"], "arguments": ["00_in_place.py"]}}
    assert contracts(clauses)[-2:] == ["| `q1-1-double` | value | half, square |", "|  | arguments | in place |"]
    rewrites = {"q1-1-double": {"timed": [3, 3], "renamed": [2, 1]}, "q1-2-count": {"timed": [1, 1]}}
    lines = in_another_way(rewrites)
    assert lines[-3:] == [
        "|---|---|---|",
        "| `q1-1-double` | 1 of 2 | 3 of 3 |",
        "| `q1-2-count` |  | 1 of 1 |",
    ]
    assert contracts({}) == in_another_way({}) == []


def test_cells_of_a_students_own_are_read_from_a_list_and_shown_in_a_table():
    text = (
        "# Cells\n\n**Names**\n- `list = [3]` (4) · `len = 2`, then a loop · `np`\n\n**Ends and loops**\n- `exit()`\n"
    )
    assert scratch.listed(text) == {"Names": ["list = [3]", "len = 2"], "Ends and loops": ["exit()"]}
    cells = [cell for group in scratch.every_cell().values() for cell in group]
    assert len(cells) == len(set(cells)) >= 40 and sum(parses(cell) for cell in cells) > 35
    rows = [["hw1", "Names", "a | b\nc", "58", "58"], ["hw2", "Names", "a | b\nc", "3", "70"]]
    assert scratch.page(rows).splitlines()[-1] == "| Names | `a \\| b ⏎ c` | 58 | **3 of 70** |"
