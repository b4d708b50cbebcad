"""What MathJax draws is lines and letters: nothing of a formula runs, leads out or is the page's own."""

import re

import pytest

from coursework.returning.formulas import Formulas, formula
from coursework.returning.strokes import strokes


@pytest.mark.parametrize(
    "tex",
    [
        r'\mmlToken{mi}[href="javascript:alert(1)"]{x}',
        r'\mmlToken{mi}[id="q1-comment" class="score"]{x}',
        r'\mmlToken{mi}[style="position:fixed;top:0;background:url(http://a.b)"]{x}',
        r'\mmlToken{mi}[mathbackground="url(http://a.b/c)"]{x}',
        r"\color{url(http://a.b/c)}x",
        r'\color{red" onload="alert(1)}x',
        r"\unicode[a;cursor:url(http://a.b)]{x41}",
        r"\tag{1}\label{q1-comment}x\eqref{q1-comment}",
        r'\tag{<b>}\label{a"&<i>}x',
        r"\text{<img src=x onerror=alert(1)>}",
        r"\href{javascript:alert(1)}{x}",
    ],
)
def test_a_formula_brings_nothing_along(tex):
    page = formula(tex, True)
    drawn = re.sub(r'aria-label="[^"]*"', "", page)  # its source, as text
    assert "<svg" in drawn and "broken" not in drawn
    assert not re.search(r"\s(?:href=|id=|on\w+=|data-(?!c=))|url\(|javascript|http://a|position|<a\b|<img", drawn)
    assert re.findall('class="[^"]*"', drawn) == ['class="math display"']


def test_what_is_no_drawing_is_refused():
    for text in ("", "<p>x</p>", "<svg>", "\ud800"):
        with pytest.raises(ValueError, match="cannot be drawn"):
            strokes(text)


def test_the_lines_of_a_table_are_seen_and_its_frame_is_no_black_box():
    framed = formula(r"\begin{array}{|c|c|}\hline a&b\\\hline\end{array}", True)
    assert re.search(r'<rect stroke-width="70" fill="none"', framed)
    lines = formula(r"\begin{array}{c|c:c}a&b&c\\\hline d&e&f\end{array}", True)
    assert lines.count('<line stroke-width="70" fill="none"') == 3 and lines.count('stroke-dasharray="140"') == 1


@pytest.mark.parametrize(
    "tex",
    [
        r"\require{cancel}\cancel{x}",
        r"\href{https://a.b}{x}",
        r"\class{a}{x}",
        r"\style{color:red}{x}",
        r"\mathtip{a}{b}",
        "a\ud83d\0b",
    ],
)
def test_what_jupyter_sets_is_set(tex):
    assert "<svg" in formula(tex, False) and "<svg" in Formulas().set(tex + r"\def\a{b}", False)


def test_a_colour_of_ones_own_holds_below():
    sheet = Formulas()
    sheet.set(r"\definecolor{mine}{rgb}{1,0,0}", False)
    assert 'fill="#ff0000"' in sheet.set(r"\color{mine}x", False)
