"""What the benchmarks count."""

from benchmarks.tables import answers


def test_the_bank_is_counted_in_files():
    matrix = {
        "q1-1-double": {"04_a.py": [4, 4], "04_b.py": [4, 4], "00_c.py": [0, 0]},
        "whole notebook": {"blank": [0, 0], "source": [7, 7]},
    }
    assert answers(matrix) == (2, 1)
