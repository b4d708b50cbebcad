"""Notebooks as assistants, tools, other systems and accidents write them: read wherever a person can tell the cells."""

import copy
import json

import nbformat
import pytest

from coursework.intake.legible import legible
from coursework.intake.read import read
from coursework.intake.repair import answers_in, repair
from tests.support.notebooks import RIGHT, WHY, handed_in, skeleton

ANSWERS = {"q1-1-double": RIGHT.strip(), "q1-2-count": "ans_1_2 = 6585", "q1-3-why": WHY}


def plain():
    return json.loads(nbformat.writes(handed_in()))


def text(cell):
    return "".join(cell["source"])


def without(*keys):
    nb = plain()
    for cell in nb["cells"]:
        for key in keys:
            cell.pop(key, None)
    return nb


def no_line_ends():
    nb = plain()
    for cell in nb["cells"]:
        cell["source"] = text(cell).split("\n")
    return nb


def other_keys(kind_key, source_key, kinds=("markdown", "code")):
    nb = plain()
    cells = [{kind_key: kinds[c["cell_type"] == "code"], source_key: text(c)} for c in nb["cells"]]
    return {"cells": cells}


def dumped(nb, **changes):
    return json.dumps(nb | changes, indent=1)


def conflict(text_of_ours, before, after):
    lines = text_of_ours.split("\n")
    at = next(i for i, line in enumerate(lines) if before in line)
    block = ["<<<<<<< HEAD", lines[at], "=======", lines[at].replace(before, after), ">>>>>>> 5f2c1aa"]
    return "\n".join([*lines[:at], *block, *lines[at + 1 :]])


def databricks():
    parts = []
    for cell in plain()["cells"]:
        words = "%md\n" + text(cell)
        magic = "\n".join(f"# MAGIC {line}" for line in words.split("\n"))
        parts.append(magic if cell["cell_type"] == "markdown" else text(cell))
    return "# Databricks notebook source\n" + "\n\n# COMMAND ----------\n\n".join(parts)


def pycharm():
    words = ["#%% md\n" + "\n".join(f"# {line}" for line in text(c).split("\n")) if c["cell_type"] == "markdown"
             else "#%%\n" + text(c) for c in plain()["cells"]]  # fmt: skip
    return "\n".join(words)


def fenced(info):
    cells = plain()["cells"]
    return "---\ntitle: x\n---\n\n" + "\n\n".join(
        text(c) if c["cell_type"] == "markdown" else f"```{info}\n{text(c)}\n```" for c in cells
    )


def marimo():
    cells = ["import marimo\n\napp = marimo.App()\n"]
    for cell in plain()["cells"]:
        body = f'mo.md(\n        """\n{text(cell)}\n"""\n    )' if cell["cell_type"] == "markdown" else text(cell)
        indented = body if cell["cell_type"] == "markdown" else body.replace("\n", "\n    ")
        cells.append(f"@app.cell\ndef _():\n    {indented}\n    return\n")
    return "\n\n".join(cells)


def page(key):
    lines = dumped(plain()).split("\n")
    data = {"payload": {"blob": {key: lines if key == "rawLines" else "\n".join(lines)}}}
    return f'<!DOCTYPE html>\n<html><body><script type="application/json">{json.dumps(data)}</script></body></html>'


FORMS = {
    "no nbformat": lambda: dumped({k: v for k, v in plain().items() if k == "cells"}),
    "nbformat as text": lambda: dumped(plain(), nbformat="4", nbformat_minor="5"),
    "nbformat 3 on cells": lambda: dumped(plain(), nbformat=3, nbformat_minor=0),
    "nbformat 5": lambda: dumped(plain(), nbformat=5),
    "future minor": lambda: dumped(plain(), nbformat_minor=99),
    "no metadata": lambda: dumped(without("metadata", "id", "outputs", "execution_count") | {"metadata": []}),
    "no line ends": lambda: dumped(no_line_ends()),
    "only cells in a list": lambda: json.dumps(plain()["cells"]),
    "in other JSON": lambda: json.dumps({"data": {"notebook": plain()}}),
    "kind and value": lambda: json.dumps(other_keys("kind", "value", (1, 2))),
    "type and content": lambda: json.dumps(other_keys("type", "content", ("text", "python"))),
    "Zeppelin": lambda: json.dumps({"paragraphs": [
        {"text": ("%md\n" if c["cell_type"] == "markdown" else "%python\n") + text(c)} for c in plain()["cells"]]}),
    "a fence": lambda: f"```json\n{dumped(plain())}\n```\n",
    "a greeting": lambda: f"Here is the completed notebook:\n\n{dumped(plain())}\n\nGood luck!",
    "a string": lambda: json.dumps(dumped(plain())),
    "a string twice": lambda: json.dumps(json.dumps(dumped(plain()))),
    "printed as Python": lambda: str(plain()),
    "a cell of another": lambda: dumped({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [
        {"cell_type": "code", "metadata": {}, "outputs": [], "source": dumped(plain())}]}),
    "Databricks": databricks,
    "PyCharm": pycharm,
    "Quarto": lambda: fenced("{python}"),
    "R Markdown": lambda: fenced("{python, echo=TRUE}"),
    "MyST": lambda: fenced("{code-cell} ipython3"),
    "Markdown": lambda: fenced("python"),
    "marimo": marimo,
    "repository page": lambda: page("rawLines"),
    "other repository page": lambda: page("content"),
    "conflict in a count": lambda: conflict(dumped(plain()), '"execution_count": null', '"execution_count": 7'),
    "conflict in the metadata": lambda: conflict(dumped(plain()), '"display_name": "Python 3"', '"display_name": "dl"'),
}  # fmt: skip
NAMES = {"Databricks": "x.py", "PyCharm": "x.py", "marimo": "x.py", "Quarto": "x.qmd", "Markdown": "x.md"}


@pytest.mark.parametrize("form", FORMS)
def test_every_answer_is_found_whatever_wrote_the_file(form):
    nb, record = repair(FORMS[form]().encode(), skeleton(), NAMES.get(form, "x.ipynb"))
    assert record.gradable, record.repairs
    got = {c.id: c.source.strip() for c in nb.cells if c.id in ANSWERS}
    assert got == ANSWERS


def test_a_conflict_in_an_answer_loses_nothing_and_names_the_cell():
    body = conflict(dumped(plain()), "ans_1_2 = 6585", "ans_1_2 = 6500")
    nb, record = repair(body.encode(), skeleton(), "x.ipynb")
    said = " ".join(r.text for r in record.repairs if r.review)
    assert "q1-2-count" in said and record.review
    whole = "\n".join(c.source for c in nb.cells)
    assert "6585" in whole and "6500" in whole


@pytest.mark.parametrize("what", ["grade_id", "both"])
def test_an_answer_whose_mark_was_exchanged_is_put_right(what):
    nb = handed_in()
    cells = {c.id: c for c in nb.cells}
    one, two = cells["q1-1-double"], cells["q1-2-count"]
    one.metadata.nbgrader, two.metadata.nbgrader = two.metadata.nbgrader, one.metadata.nbgrader
    if what == "both":
        one.id, two.id = two.id, one.id
    repaired, record = repair(nbformat.writes(nb).encode(), skeleton())
    assert {c.id: c.source.strip() for c in repaired.cells if c.id in ANSWERS} == ANSWERS
    assert {r.cell for r in record.repairs if r.what == "swapped" and r.review} == {
        "q1-1-double",
        "q1-2-count",
    }


@pytest.mark.parametrize(
    ("pasted", "done"),
    [
        ("def double(x):\n\u00a0\u00a0\u00a0\u00a0return x + x", "no-break spaces"),
        ("def double(x):\n\u3000return x + x", "no-break spaces"),
        ("def double(x):\n    \u201c\u201c\u201cTwice.\u201d\u201d\u201d\n    return x + x", "typographic quotes"),
        ("def double(x):\n    return x \u2212 \u2212x", "dashes"),
        ("```python\ndef double(x):\n    return x + x\n```", "fence"),
        ("Here you are:\n\n```\ndef double(x):\n    return x + x\n```\nGood luck!", "fence"),
        ("def double(x):\n    y = x\n\treturn x + y", "tabs"),
        ("<<<<<<< HEAD\ndef double(x):\n=======\ndef double(x):\n>>>>>>> a\n    return x + x", "conflict"),
    ],
)
def test_pasted_code_is_made_legible_and_said(pasted, done):
    nb = handed_in()
    next(c for c in nb.cells if c.id == "q1-1-double").source = pasted
    repaired, record = repair(nbformat.writes(nb).encode(), skeleton())
    source = next(c.source for c in repaired.cells if c.id == "q1-1-double")
    space: dict = {}
    exec(source, space)
    assert space["double"](4) == 8 and record.review
    assert done in " ".join(r.text for r in record.repairs if r.what == "pasted")
    assert any(pasted in c.source for c in repaired.cells if c.id.startswith("appendix"))


def test_a_syntax_error_is_named_with_its_line_and_the_code_stays():
    nb = handed_in()
    wrong = "def double(x):\n    return x +\n"
    next(c for c in nb.cells if c.id == "q1-1-double").source = wrong
    repaired, record = repair(nbformat.writes(nb).encode(), skeleton())
    assert "line 2" in " ".join(r.text for r in record.repairs if r.what == "syntax")
    assert next(c.source for c in repaired.cells if c.id == "q1-1-double") == wrong
    assert legible("x = 1 if") == ("x = 1 if", "", False)


def test_what_cannot_be_read_is_said_without_names_of_exceptions():
    for raw in (b'{"nbformat": 3, "worksheets": [{"cells": 7}]}', b'{"cells": 3}', b"[1, 2]", b"hello you\n"):
        with pytest.raises(ValueError) as error:
            read(raw, "x.ipynb")
        assert "Error" not in str(error.value) and str(error.value).startswith("the file is")


def test_answers_are_counted():
    nb = handed_in()
    empty = copy.deepcopy(skeleton())
    count = [answers_in(nbformat.writes(n).encode(), "x.ipynb", skeleton()) for n in (nb, empty)]
    assert count == [3, 0] and answers_in(b"\xff\x00", "x.ipynb", skeleton()) == 0
