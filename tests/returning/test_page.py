"""A student's text on a page: what it says is read, and nothing in it runs, calls home or is the page's own."""

import re

import pytest
from jinja2 import Environment
from nbformat.v4 import new_markdown_cell, new_notebook

from coursework.returning.page import _Compiled, clean_html, notebook_page, safe_markdown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a vector<int> of x<y and y>z", "a vector&lt;int&gt; of x&lt;y and y&gt;z"),
        ("<object data=a><b>bold</b></object>", "&lt;object data=a&gt;<b>bold</b>&lt;/object&gt;"),
        ("<SCRIPT>f(1)</SCRIPT>", "&lt;SCRIPT&gt;f(1)&lt;/SCRIPT&gt;"),
        ("a </div></main> b <i>c", "a &lt;/main&gt; b <i>c"),
        ("<b onclick=f() style='position: fixed'>b</b>", "<b>b</b>"),
        ("x <!-- hidden --> y", "x  y"),
    ],
)
def test_a_tag_that_may_not_be_there_is_shown_as_text(text, shown):
    assert shown in safe_markdown(text)


@pytest.mark.parametrize("link", ["javascript:f()", "java&#115;cript:f()", "DATA:text/html,x", " data:text/html,x"])
def test_a_link_that_could_run_leads_nowhere(link):
    assert "href" not in clean_html(f'<a href="{link}">so</a>')


def test_a_link_leads_out_and_does_not_name_the_page_that_it_is_on():
    assert re.search(r'<a href="https://a.b/c" rel="[^"]*noreferrer', safe_markdown("[so](https://a.b/c)"))


@pytest.mark.parametrize("source", ["https://a.b/c.png", "data:image/svg+xml;base64,AA", "data:text/html;base64,AA"])
def test_no_picture_tag_of_a_student_is_in_the_page(source):
    assert "<img" not in clean_html(f'<img src="{source}">')  # pictures are read and drawn anew: `album`
    assert "<svg" not in safe_markdown("<svg onload=a()><b>bold</b></svg>")


def test_an_id_or_a_class_is_not_one_that_the_page_itself_uses():
    page = safe_markdown('<p id="q1-comment" class="score n">x</p> <a href="#q1-comment">there</a>')
    assert 'id="student-q1-comment" class="n"' in page and 'href="#student-q1-comment"' in page
    code = safe_markdown("```python\nimport x\n```")
    assert 'class="highlight"' in code and '<span class="kn">import</span>' in code


def test_a_class_compiles_its_template_once(monkeypatch):
    compiled = []
    code = Environment.compile
    monkeypatch.setattr(Environment, "compile", lambda *args, **more: compiled.append(1) or code(*args, **more))
    monkeypatch.setattr("coursework.returning.page._compiled", _Compiled())
    pages, counts = [], []
    for text in ("**one**", "**two**"):
        pages.append(notebook_page(new_notebook(cells=[new_markdown_cell(text)]), "a title"))
        counts.append(len(compiled))
    assert counts[0] == counts[1] > 0 and "<strong>one</strong>" in pages[0] and "<strong>two</strong>" in pages[1]
