"""Formulas become SVG offline; what is broken or hostile shows its source and stops nothing."""

import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nbformat.v4 import new_markdown_cell, new_notebook

from coursework.returning.formulas import engine, formula
from coursework.returning.page import StandalonePage
from tests.support.solutions import COURSE

GOOD = [
    r"\frac{\partial L}{\partial W}=X^\top G",
    r"\begin{aligned}a&=b\\c&=d\end{aligned}",
    r"f(x)=\begin{cases}(y+T)^3,&y<-T\\0\end{cases}",
    r"\operatorname*{arg\,min}_x\ \mathbb E\big[\lVert x\rVert_2^2\big]",
    r"\boxed{\odot\;\oslash\;\mathbf 1b}",
    r"\bm{x}+\boldsymbol\theta",
    r"\text{Größe}",
    r"\begin{vmatrix}1&2\\3&4\end{vmatrix}",
    r"\tag{1} x",
]


@pytest.mark.parametrize("tex", GOOD)
def test_good_formulas_are_drawn(tex):
    shown = formula(tex, True)
    assert "<svg" in shown and "broken" not in shown and "merror" not in shown


@pytest.mark.parametrize(
    ("tex", "says"),
    [
        (r"\frac{", "Missing"),
        (r"\undefinedmacro x", "unknown command"),
        (r"\begin{nothing}x\end{nothing}", "unknown environment"),
        ("{" * 400, ""),
        (r"\def\a{\a\a}\a", ""),
        (r"<script>alert(1)</script>\frac{", ""),
        ("x_1_2", "Double"),
        ("\0\ud800"[:1] + r"\frac", ""),
    ],
)
def test_broken_formulas_show_their_source(tex, says):
    shown = formula(tex, False)
    assert "broken" in shown and "<script" not in shown and says in shown
    assert "<svg" in formula("x^2", False)  # the next one is drawn


def test_one_that_takes_forever_is_given_up(monkeypatch):
    monkeypatch.setattr("coursework.returning.formulas.SECONDS", 0.001)
    found = engine().convert("x" * 3000, True)
    assert "too long" in found.get("error", "too long")
    monkeypatch.undo()
    assert "svg" in engine().convert("y^2", True)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_any_text_gives_something_harmless(text):
    shown = formula(text, False)
    assert shown.startswith("<span") and "<script" not in shown and "onload" not in re.sub(r'"[^"]*"', "", shown)


def test_it_works_from_threads_with_an_event_loop():
    import asyncio

    async def inside() -> str:
        return formula(r"\alpha+1", False)

    with ThreadPoolExecutor(2) as pool:
        assert all("<svg" in text for text in pool.map(lambda _: asyncio.run(inside()), range(4)))


def test_a_process_that_has_drawn_a_formula_ends_well():
    code = "from coursework.returning.formulas import engine; assert '<svg' in engine().convert('x^2', False)['svg']"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (ended.returncode, ended.stderr) == (0, "")


def page(*texts):
    nb = new_notebook(cells=[new_markdown_cell(text) for text in texts])
    return StandalonePage().from_notebook_node(nb)[0]


def test_formulas_of_a_page_inline_and_displayed():
    text = page(
        "Costs \\$5, and $x^2$ too.\n\n$$\\frac{1}{2}$$\n\n\\begin{align}a&=b\\end{align}\n", "`$no$` and $\\frac{$."
    )
    assert text.count('<span class="math') == 4 and text.count('math broken"') == 1
    assert "Costs $5" in text and "<code>$no$</code>" in text


@pytest.mark.parametrize("assignment", COURSE.assignments)
def test_every_formula_of_the_course_is_drawn(assignment):
    nb = nbformat.read(COURSE.source(assignment), as_version=4)
    text = StandalonePage().from_notebook_node(new_notebook(cells=[c for c in nb.cells if c.cell_type == "markdown"]))[
        0
    ]
    broken = re.findall(r'class="math broken" title="([^"]*)">(.{0,80})', text)
    assert broken == [] and (text.count("<svg") > 5 or assignment == "hw1-mlp")
