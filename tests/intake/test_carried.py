"""A picture goes with the text that names it, also when the text was moved to another cell."""

import pytest
from nbformat.v4 import new_markdown_cell

from coursework.intake.carried import carry, pool

ONE = {"image/png": "aGk="}


@pytest.mark.parametrize(
    "source",
    ["![a](attachment:my%20scan.png)", "![a](<attachment:my scan.png>)", '<img src="attachment:my scan.png">'],
)
def test_a_picture_of_another_cell_comes_along_however_its_blank_is_written(source):
    others = pool([new_markdown_cell("x", attachments={"my scan.png": ONE})])
    cell = new_markdown_cell(source)
    carry(cell, new_markdown_cell(source), others)
    assert cell.attachments == {"my scan.png": ONE}


def test_of_several_pictures_of_one_name_none_is_guessed():
    others = pool([new_markdown_cell("x", attachments={"a b.png": {"image/png": code}}) for code in ("aGk=", "aGo=")])
    cell = new_markdown_cell("![a](<attachment:a b.png>)")
    carry(cell, cell, others)
    assert "attachments" not in cell
