"""The last cell tells a student what the staff's tools would stumble over."""

import json

import pytest

from coursework.notebook import submission as full
from coursework.notebook.student import submission as short
from coursework.notebook.submission import hand_in, mark

EDITIONS = pytest.mark.parametrize(
    "looks", [full.looks, lambda *given: short.looks(*given)[0]], ids=["grader", "student"]
)
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


@EDITIONS
def test_a_whole_notebook_has_nothing_odd(looks):
    assert looks(notebook(), TABLE) == []


@EDITIONS
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
def test_each_oddity_is_said_in_one_sentence(looks, changes, says):
    found = looks(notebook(**changes), TABLE)
    assert len(found) == 1 and says in found[0], found


@pytest.mark.parametrize("hand_in", [full.hand_in, short.hand_in], ids=["grader", "student"])
def test_it_does_not_say_ready_above_failed_checks(hand_in, tmp_path, monkeypatch, capsys):
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


@EDITIONS
def test_a_cell_is_known_by_its_nbgrader_id_when_colab_has_changed_the_other(looks):
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


def test_a_students_copy_says_the_rule_and_reads_the_notebook(tmp_path, monkeypatch, capsys):
    path = tmp_path / "hw0.ipynb"
    path.write_text(json.dumps(notebook(setup=None)))
    monkeypatch.setenv("JPY_SESSION_NAME", str(path))
    short.hand_in("hw0-tiny", "Doe_Jane_hw0-tiny (1).ipynb", TABLE)
    said = capsys.readouterr().out
    assert "✗ the file name: Doe_Jane_hw0-tiny (1).ipynb should be Last_First_hw0-tiny.ipynb" in said
    assert "✗ the locked cell `setup` is gone" in said and "Ready" not in said
    path.write_text(json.dumps(notebook()))
    short.hand_in("hw0-tiny", "Doe_Jane_hw0-tiny.ipynb", TABLE)
    assert capsys.readouterr().out.splitlines() == [
        "File name: Doe_Jane_hw0-tiny.ipynb is read as Jane Doe, hw0-tiny.",
        "✓ Ready to hand in: download the .ipynb and upload it.",
    ]
    monkeypatch.delenv("JPY_SESSION_NAME")
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    short.hand_in("hw0-tiny", "", TABLE)
    said = capsys.readouterr().out
    assert "FILE_NAME is empty" in said and "only the file name was checked" in said


@pytest.mark.parametrize(
    "names",
    [
        "Doe_Jane", "De la Cruz_Ana María", "van_der_Berg_Jo", "O’Neil_Pat", "Müller-Lüdenscheidt_Änne", "毛_泽",
        "Иванова_Анна", "अग्रवाल_नीति", "Curie__Marie", "Last_Jane", "Surname_Bo", "Curie–Joliot_Irène",
        "Curie\u00a0J_Irène", "O`Neil_Pat", "‘a’_b", "Firstname_Lastname", "First_Last", "Last_First-name",
        "<Last>_<First>", "[Last]_[First]", "Curie;_Marie", "Doe_Jane☺", "-_-", " _ ", "Doe", "_Jane", "Doe_",
        "Doe_Jane2", "Name_Surname",
    ],
)  # fmt: skip
def test_both_editions_read_the_same_names(capsys, names):
    ready = []
    for edition in (full, short):
        edition.hand_in("hw0-tiny", f"{names}_hw0-tiny.ipynb", TABLE)
        said = capsys.readouterr().out
        ready.append("✗ the file name" not in said and "is read as" in said)
    assert ready[0] == ready[1], (ready, said)
