"""Formgrader shows the set-up cell folded, and everything else open."""

import pytest
from jinja2 import Environment
from nbformat.v4 import new_code_cell

from coursework.returning.formgrader import grader_code
from tests.support.course import meta

SETUP = new_code_cell('# @title Set-up <b> { display-mode: "form" }\na = 1\nb = 2', metadata=meta("setup"))
ANSWER = new_code_cell("# @title Mine\nx = 1", metadata=meta("q1-1-double", solution=True))
OWN = new_code_cell("# @title Mine\nx = 1")


@pytest.mark.parametrize(
    ("cell", "resources", "folded"),
    [
        (SETUP, {"submission_id": "1"}, True),
        (SETUP, {}, False),
        (ANSWER, {"submission_id": "1"}, False),
        (OWN, {"submission_id": "1"}, False),
    ],
)
def test_the_set_up_cell_alone_is_folded_in_formgrader_alone(cell, resources, folded):
    env = Environment()
    env.filters["highlight_code"] = grader_code
    page = env.from_string("{{ cell.source | highlight_code(metadata=cell.metadata) }}").render(
        cell=cell, resources=resources
    )
    assert page.startswith("<details><summary>Set-up &lt;b&gt; (2 lines)</summary>") == folded
    assert ("<details" in page) == folded and "@title" in page
