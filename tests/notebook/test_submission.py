"""The last cell tells a student what the staff's tools would stumble over."""

import json

import pytest

from coursework.notebook.submission import hand_in, looks, mark

STUB = "def double(x):\n    raise NotImplementedError"
TABLE = [
    ["setup", "locked", "code", mark("import numpy"), []],
    ["q1-1-double", "answer", "code", mark(STUB), ["double"]],
    ["q1-3-why", "answer", "markdown", mark("*Your answer here.*"), []],
]


def cell(identity, source, kind="code", **more):
    ran = {"execution_count": 1, "outputs": []} if kind == "code" else {}
    return {
        "id": identity,
        "cell_type": kind,
        "metadata": {},
        "source": source.splitlines(keepends=True),
        **ran,
        **more,
    }


def notebook(**changes):
    cells = {
        "setup": cell("setup", "import numpy\n"),
        "q1-1-double": cell("q1-1-double", "def double(x):\n    return 2 * x"),
        "q1-3-why": cell("q1-3-why", "Because.", "markdown"),
    }
    cells |= changes
    return {"cells": [c for value in cells.values() for c in (value if isinstance(value, list) else [value]) if c]}


def test_a_whole_notebook_has_nothing_odd():
    assert looks(notebook(), TABLE) == []


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"q1-1-double": None}, "the answer cell `q1-1-double` is gone"),
        ({"q1-1-double": [cell("q1-1-double", "x = 1")] * 2}, "is there 2 times"),
        ({"q1-1-double": cell("q1-1-double", STUB + "\n\n")}, "`q1-1-double` has no answer yet"),
        ({"q1-1-double": cell("q1-1-double", " ")}, "has no answer yet"),
        ({"q1-1-double": cell("q1-1-double", "Two times x", "markdown")}, "has become a markdown cell"),
        ({"q1-3-why": cell("q1-3-why", "*Your answer here.*", "markdown")}, "`q1-3-why` has no answer yet"),
        ({"setup": cell("setup", "import numpy as np")}, "the locked cell `setup` was changed"),
        ({"setup": cell("setup", "import numpy", execution_count=None)}, "`setup` was not run"),
        (
            {"q1-1-double": [cell("q1-1-double", STUB), cell("mine", "def double(x):\n    return x + x")]},
            "double is in a cell of your own: move it into `q1-1-double`",
        ),
        ({"big": cell("big", "plot()", outputs=[{"text": "x" * 21_000_000}])}, "21 MB: clear the output of `big`"),
    ],
)
def test_each_oddity_is_said_in_one_sentence(changes, says):
    found = looks(notebook(**changes), TABLE)
    assert len(found) == 1 and says in found[0], found


def test_it_does_not_say_ready_above_failed_checks(tmp_path, monkeypatch, capsys):
    error = {"output_type": "error", "ename": "CheckFailed", "evalue": "double: shape ()", "traceback": []}
    table = [*TABLE, ["q1-1-double--values", "locked", "code", mark("check.passed()"), []]]
    for outputs, ready in (([error], False), ([], True)):
        path = tmp_path / "here.ipynb"
        test = {"q1-1-double--values": cell("q1-1-double--values", "check.passed()", outputs=outputs)}
        path.write_text(json.dumps(notebook(**test)))
        monkeypatch.setenv("JPY_SESSION_NAME", str(path))
        hand_in("hw0-tiny", "Lovelace_Ada_hw0-tiny.ipynb", table)
        said = capsys.readouterr().out
        assert ("Ready" in said) == ready
        assert ("1 of your checks failed when you saved: `q1-1-double--values`" in said) == (not ready)


def test_a_cell_is_known_by_its_nbgrader_id_when_colab_has_changed_the_other():
    moved = cell("AbC123", "def double(x):\n    return x + x")
    moved["metadata"] = {"nbgrader": {"grade_id": "q1-1-double"}}
    assert looks(notebook(**{"q1-1-double": moved}), TABLE) == []


def test_it_reads_the_notebook_that_jupyter_names(tmp_path, monkeypatch, capsys):
    path = tmp_path / "hw0.ipynb"
    path.write_text(json.dumps(notebook(setup=None)))
    monkeypatch.setenv("JPY_SESSION_NAME", str(path))
    hand_in("hw0-tiny", "Doe_Jane_hw0-tiny (1).ipynb", TABLE)
    said = capsys.readouterr().out
    assert "is read as Jane Doe, hw0-tiny" in said and "✗ the locked cell `setup` is gone" in said
    assert "✗ the file name: “(1)” at the end" in said and "Ready" not in said
    path.write_text(json.dumps(notebook()))
    hand_in("hw0-tiny", "Doe_Jane_hw0-tiny.ipynb", TABLE)
    assert "✓ Ready to hand in" in capsys.readouterr().out
    hand_in("hw0-tiny", "", TABLE)
    assert "FILE_NAME is empty" in capsys.readouterr().out
