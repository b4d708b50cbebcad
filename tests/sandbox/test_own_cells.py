"""What the kernel gets of a cell."""

import pytest
from nbformat.v4 import new_code_cell

from coursework.sandbox.own_cells import marked


@pytest.mark.parametrize(
    ("top", "left"),
    [
        ("%%time\n", "\n"),
        ("\n%%time --no-raise-error\n", "\n\n"),
        ("%%prun -s cumtime -l 5\n", "\n"),
        ("%%capture out\n%%time\n", "%%capture out\n\n"),
        ("%%time x = 1\n", "%%time x = 1\n"),  # IPython refuses it, so it does not run here either
        ("%%timeit\n", "%%timeit\n"),  # what it defines is gone afterwards, as with the student
        ("%%capture\n", "%%capture\n"),
        ("%%bash\n", "%%bash\n"),
        ("# %%time\n", "# %%time\n"),
        ("t = '''\n%%time\n'''\n", "t = '''\n%%time\n'''\n"),
    ],
)
def test_a_magic_that_measures_is_not_on_top_of_code_that_is_looked_at(top, left):
    cell = new_code_cell(f"{top}def f():\n    return 1")
    cell.metadata["nbgrader"] = {"grade_id": "q1-1-f", "solution": True, "grade": False, "locked": False}
    assert marked(cell, False) == f"{left}def f():\n    return 1"
