"""Formulas are found where Jupyter finds them: in HTML, in tables, around dollar signs of their own."""

import pytest

from coursework.returning.delimiters import in_tables
from coursework.returning.page import safe_markdown


@pytest.mark.parametrize(
    "text, many",
    [
        ("<p>$x^2$ and $$y$$</p>", 2),
        ("<center>$a &lt; b$</center>", 1),
        ("<table><tr><td>$x$</td><td>costs $5</td><td>or $6</td></tr></table>", 1),
        ('<div title="$x$">\n$y_1$ and $z_1$\n</div>', 2),
        ("$x = \\text{a $b$ c}$ and $y$", 2),
        ("$f = \\begin{cases}1 & \\text{if $x>0$}\\\\0\\end{cases}$", 1),
        ("It costs $5 (a, and then $6) in all.", 1),  # as in Jupyter
        ("| $\\|x\\|$ | $p(a|b)$ | $$|z|$$ |\n|---|:-:|--:|\n| $|y|$ | `a` | 2 |", 4),
        ("a | $|b|$\n--|--\n1 | $\\left\\|c\\right\\|$\n\n| $d$", 3),
    ],
)
def test_formulas_are_set_where_jupyter_sets_them(text, many):
    page = safe_markdown(text)
    assert page.count('<span class="math') == many and "broken" not in page
    assert ("<table>" in page) == ("|--" in text or "--|" in text or "<table>" in text)


@pytest.mark.parametrize(
    "text",
    [
        "<pre>$x$ and $y$</pre>",
        "<p>costs $5, or $6</p>",
        '<p title="$x$">a</p>',
        "`| $|x|$ |`",
    ],
)
def test_what_is_no_formula_stays(text):
    page = safe_markdown(text)
    assert '<span class="math' not in page and "$" in page


def test_bars_outside_of_tables_and_in_code_stay():
    for text in ("$|x|$ | a\n\nb", "```\n| $|x|$ |\n|---|\n```", "| `$|x|$` |\n|--|", "| \\$5 | $6 |\n|--|--|"):
        assert in_tables(text) == text


@pytest.mark.parametrize(
    "source",
    [
        "````\n```\n| a | b |\n|---|---|\n| $|x|$ | 1 |\n```\n````",
        "    | a | b |\n    |---|---|\n    | $|x|$ | 1 |",
        "| a | b |\n|---|---|\n| $5 | $6 |",
    ],
)
def test_shown_code_and_amounts_in_tables_stay(source):
    assert in_tables(source) == source


def test_a_fence_that_is_closed_on_its_line_is_none():
    assert "\\vert" in in_tables("```a``` x\n\n| a |\n|---|\n| $|x|$ |")


@pytest.mark.parametrize("line", [" " * 50_000 + "x|", "|-" + " " * 50_000 + "x|", "|" * 50_000])
def test_a_long_line_below_a_row_is_read_once(line):
    assert in_tables(f"| $a$ |\n{line}").startswith("| $a$ |")
