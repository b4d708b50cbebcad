"""What a chat, a diff or a console leaves around code is taken off; what is wrong in itself stays."""

import nbformat
import pytest

from coursework.intake.legible import legible
from coursework.intake.repair import repair
from tests.support.notebooks import RIGHT, handed_in, skeleton

TWICE = "def double(x):\n    return x + x\n"
TRACE = """
---------------------------------------------------------------------------
NameError                                 Traceback (most recent call last)
Cell In[5], line 1
----> 1 foo

NameError: name 'foo' is not defined
"""
PYTHONS = 'Traceback (most recent call last):\n  File "a.py", line 3, in f\n    g(x\nKeyError\n'
SYNTAX = "  Cell In[4], line 2\n    return x +\n              ^\nSyntaxError: invalid syntax\n\n"
POINTS = "\n---\n**Why:**\n- `x` is added to itself\n- nothing else\n### That is all\nGood luck"


def answered(source, *own):
    """(the first answer, the record) of a notebook with this text as that answer, and these cells below it."""
    nb = handed_in()
    at = next(n for n, c in enumerate(nb.cells) if c.id == "q1-1-double")
    nb.cells[at].source = source
    nb.cells[at + 1 : at + 1] = [nbformat.v4.new_code_cell(text) for text in own]
    repaired, record = repair(nbformat.writes(nb).encode(), skeleton())
    return repaired, next(c.source for c in repaired.cells if c.id == "q1-1-double"), record


@pytest.mark.parametrize(
    ("pasted", "done"),
    [
        ("> def double(x):\n>     return x + x", "quotation"),
        ("Like this:\n\n> > def double(x):\n> >\n> >     return x + x\n", "quotation"),
        (">def double(x):\n>    return x + x", "quotation"),
        (" def double(x):\n-    raise NotImplementedError\n+    return x + x", "marks of a diff"),
        ("def double(x):\n-    raise NotImplementedError\n+    return x + x", "marks of a diff"),
        ("+def double(x):\n+\n+    return x + x", "marks of a diff"),
        ("+ def double(x):\n+     return x + x", "marks of a diff"),
        ("--- a/x.py\n+++ b/x.py\n def double(x):\n+    return x + x", "marks of a diff"),
        ("```diff\n def double(x):\n-    raise Later\n+    return x + x\n```", "fence was taken off, the marks of a"),
        ("1\ndef double(x):\n2\n    return x + x", "line numbers"),
        ("1\n2\n3\n    def double(x):\n        return x + x", "line numbers"),
        (f"`{TWICE.strip()}`", "backticks"),
        ("`def double(x):`\n\n`    return x + x`", "backticks"),
        (f"``{TWICE.strip()}``", "backticks"),
        (f"Use this:\n`{TWICE.strip()}", "backticks"),
        ("def double(x):\n    return 1 \u2217 x \uff0b x", "signs"),
        ("def double(x) \u2192 int\uff1a\n    return x + x", "signs"),
        (TWICE + TRACE, "a traceback"),
        (f"{TRACE}\n{TWICE}", "a traceback"),
        (PYTHONS + TWICE, "a traceback"),
        (SYNTAX + TWICE, "a traceback"),
        (f"**You said:**\nwrite double\n\n**ChatGPT said:**\n\n{TWICE}", "words around the code"),
        (f"\u2705 Here\u2019s the fixed version:\n\n{TWICE}\U0001f4a1 Let me know!", "words around"),
        (f"1\ufe0f\u20e3 Here it is (in one line):\n\n{TWICE}{POINTS}", "words around"),
        (f"python\nCopy\nEdit\n{TWICE}", "names of a page's buttons"),
        (f"Python\n\n# mine\n{TWICE}", "names of a page's buttons"),
        (f"content_copy\n{TWICE}Copy\n", "names of a page's buttons"),
        (f"```\npy\n{TWICE}```", "fence was taken off, names of a page's buttons"),
    ],
)
def test_pasted_code_is_made_legible_and_said(pasted, done):
    repaired, source, record = answered(pasted)
    space: dict = {}
    exec(source, space)
    assert space["double"](4) == 8 and record.review
    assert done in " ".join(r.text for r in record.repairs if r.what == "pasted")
    assert any(pasted in c.source for c in repaired.cells if c.id.startswith("appendix"))


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("Sure!\n\n# Doubles.\ndef double(x):\n    return x + x\n# (the end)\nBye", "# Doubles."),
        ("Sure!\n\n# Doubles.\ndef double(x):\n    return x + x\n# (the end)\nBye", "# (the end)"),
        ("> def double(x):\n>     return x + x > 3", "x > 3"),
        ("\n\ndef double(x):\n    return x &minus; &#40;x)\n\n", "return x - (x)"),
    ],
)
def test_what_belongs_to_the_code_stays_with_it(pasted, kept):
    source, done, fine = legible(pasted)
    assert fine and kept in source and "words" not in done.removeprefix("words around the code were taken off")


def test_blank_lines_around_the_code_are_no_words():
    assert "words" not in legible("\n\ndef double(x):\n    return x &minus; &#40;x)\n\n")[1]


@pytest.mark.parametrize(
    "source",
    [
        "def double(x):\nreturn x + x",  # nobody knows its indentation
        "def double(x):\n    return (x\n+ x",
        "def double(x):\n    return x + x\n- 1\n+ 2 if",
        "def double(x):\n    return x +\n\nelse:",
        "def double(x):\n    return x + x\n\nclass Other:",
        "x = `1`",
        "1\ndef double(x):\n3\n    return x + x",
        "> def double(x):\n    return x + x",
        "def double(x):\n    return x + x\nTraceback (most recent call last):\n  it breaks off",
        "9" * 5000 + " def double(x):\n    return x",
    ],
)
def test_code_that_is_wrong_in_itself_stays_as_it_is(source):
    assert legible(source) == (source, "", False)
    _, kept, record = answered(source)
    assert kept == source
    said = [r for r in record.repairs if r.what == "syntax"]
    assert [(r.cell, r.review) for r in said] == [("q1-1-double", True)]


@pytest.mark.parametrize(
    "source",
    ["python\ndef double(x):\n    return x + x", "def double(x):\n    return x + x\nCopy", "copy\n", "x = 3\nx",
     "def double(x):\n    copy\n    return x", "double\ndef other(x):\n    return x"],
)  # fmt: skip
def test_a_name_that_the_notebook_defines_is_no_button(source):
    assert legible(source, names=lambda: {"python", "Copy"}) == (source, "", True)
    _, kept, record = answered(source, "import x.y as python\nclass Copy: pass")
    assert kept == source
    assert not [r for r in record.repairs if r.what == "pasted"]


def test_a_name_inside_of_a_function_is_not_one_of_the_notebook():
    record = answered(f"Edit\n{RIGHT}", "def f():\n    Edit = 1")[2]
    assert [r.cell for r in record.repairs if r.what == "pasted"] == ["q1-1-double"]
