"""Pages of templates: every value is escaped and tamed, whatever column, list or text it comes from."""

from pathlib import Path

import pandas as pd
import pytest

import coursework
from coursework.returning.sheet import cells, render

TEMPLATES = sorted(Path(coursework.__file__).parent.glob("*/templates/*.html"))
HOSTILE = '<b id="x">\u202eDoe\x1b[1m'


def test_a_table_shows_its_texts_and_numbers():
    table = pd.DataFrame({HOSTILE: [HOSTILE, "y" * 300], "pass rate": [0.256, None], "n": [2.0, 1e6]})
    page = render("coursework.returning", "staff.html", student=HOSTILE, assignment="hw", tables={HOSTILE: table})
    assert "<b " not in page and "\u202e" not in page and "\x1b" not in page
    assert page.count("&lt;b id=&#34;x&#34;&gt;�Doe�[1m") == 5  # title, heading, heading of the table, column, value
    assert '<td class="n">0.26 <span class="track"><span class="bar" style="width:15px">' in page
    assert '<td class="n"></td>' in page and '<td class="n">1000000</td>' in page and "y" * 201 not in page


def test_a_long_table_says_how_much_it_leaves_out():
    shown = cells(pd.DataFrame({"a": range(70)}))
    assert len(shown.rows) == 60 and shown.more == 10
    assert cells(pd.DataFrame()).rows == [] and cells(pd.DataFrame()).more == 0


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.stem)
def test_no_template_takes_a_value_as_it_is(template):
    text = template.read_text(encoding="utf-8")
    assert "safe }}" not in text and "|safe" not in text and "autoescape" not in text
