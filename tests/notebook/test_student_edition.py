"""What a student's copy holds in place of the full helpers: the same data, and a word on what was changed.

Its checks are in test_student_checks.py; its submission check is tested with the grader's.
"""

import ast
from pathlib import Path

import IPython
import nbformat
import pytest
import torch
from IPython.core.interactiveshell import InteractiveShell

from coursework.core.course import Course
from coursework.judging.inline import bundle, inline
from coursework.notebook import datasets, switches
from tests.support.images import write_stand_ins
from tests.support.world import ANSWER, CHECK, GIVEN, SETUP

COURSE = Course(Path(__file__).resolve().parents[2])
LINES = 415  # of inlined helpers in a released notebook; the goal is 250
LOADERS = {"mnist", "fashion_mnist", "cifar10", "fingerprint"}


@pytest.fixture
def notebook(monkeypatch):
    """A student's kernel without a kernel: set-up, given cells and an answer have run; returns what runs a cell."""
    state, shell = switches.read(), InteractiveShell()
    monkeypatch.setattr(IPython, "get_ipython", lambda: shell)
    monkeypatch.delenv("COURSEWORK_GRADER", raising=False)
    todo, code = [SETUP, GIVEN, ANSWER], SETUP + GIVEN + CHECK

    def run(source):
        while todo:
            assert shell.run_cell(inline(todo.pop(0), code, student=True), store_history=True).success
        return shell.run_cell(inline(source, code, student=True), store_history=True)

    yield run
    switches.put_back(state)


def test_nothing_is_said_while_nothing_is_changed(notebook, capsys):
    assert notebook(CHECK).success and notebook("mine = [len([1])]").success and notebook(CHECK).success
    assert "Note" not in capsys.readouterr().out


@pytest.mark.parametrize(
    "cell, names",
    [
        ("list = [3, 1, 2]  # sizes", ["`list` has another meaning since cell [", "(`list = [3, 1, 2]  # sizes`)"]),
        ("def half(x):\n    return 0", ["`half`", "`def half(x):`"]),
        ("for sum in range(3):\n    pass", ["`sum`", "`for sum in range(3):`"]),
        ("np = 3", ["`np`"]),
        (
            "torch.set_grad_enabled(False)\ntorch.set_default_dtype(torch.float64)",
            ["gradients, PyTorch's default dtype"],
        ),
        ("np.seterr(all='raise');", ["NumPy's error state"]),
    ],
)
def test_a_check_says_what_a_cell_has_changed(notebook, capsys, cell, names):
    assert notebook(cell).success
    notebook(CHECK)
    said = capsys.readouterr().out
    assert "Note: " in said and all(name in said for name in names), said


def test_an_answer_that_uses_an_overwritten_name_is_told_where(notebook, capsys):
    notebook("list = [3, 1, 2]  # sizes")
    notebook("def twice(x):\n    return np.array(list(2 * x))\n")
    notebook(CHECK)
    said = capsys.readouterr().out
    assert "twice: your code raised TypeError: 'list' object is not callable" in said
    assert "`list` was given another meaning in cell [4] (`list = [3, 1, 2]  # sizes`)" in said


@pytest.mark.parametrize("given", ["linear = {}", "def linear():\n    pass", "for linear in range(2):\n    pass"])
def test_a_given_cell_that_takes_the_name_of_a_students_helper_says_so(notebook, capsys, given):
    """Their answer calls it: without a word the next given cell would fail in the middle of their code."""
    assert notebook("def linear(n):\n    return n\n\ndef other(n):\n    return linear(n)").success
    assert notebook(f"# @title A figure\n{given}").success
    assert "Note: this given cell uses the name `linear`, too. Rename yours" in capsys.readouterr().out
    assert notebook("# @title Another\nlinear = 3").success and notebook("linear = 4").success
    assert "Note" not in capsys.readouterr().out


def test_the_set_up_cell_may_run_again(notebook, capsys):
    """What a student has defined meanwhile is theirs, and what they may redefine is not told as changed."""
    assert notebook("def extra(x):\n    return x\n\ndouble = lambda x: 2 * x").success
    assert notebook(SETUP).success and notebook(CHECK).success
    assert notebook("def extra(x):\n    return 2 * x\n\ndouble = 3").success
    assert notebook(ANSWER).success and notebook(CHECK).success
    assert "Note" not in capsys.readouterr().out


@pytest.mark.parametrize(
    "cell, told",
    [("list = [1]", "`list` has"), ("torch.set_default_dtype(torch.float64)", "PyTorch's default dtype")],
)
def test_what_was_changed_is_told_also_after_the_set_up_cell_ran_again(notebook, capsys, cell, told):
    assert notebook(cell).success and notebook(SETUP).success
    notebook(CHECK)
    assert told in capsys.readouterr().out


def test_names_that_one_cell_changes_are_told_together(notebook, capsys):
    assert notebook("list, sum = 1, 2").success
    notebook(CHECK)
    assert "`sum`, `list` have another meaning since cell [" in capsys.readouterr().out


@pytest.fixture
def loaders(tmp_path, monkeypatch):
    write_stand_ins(tmp_path)
    monkeypatch.setenv("COURSEWORK_DATA", str(tmp_path))
    namespace: dict = {}
    exec(bundle("coursework.notebook.datasets", "datasets", LOADERS, student=True), namespace)
    return namespace["datasets"]


@pytest.mark.parametrize("name", ["mnist", "fashion_mnist", "cifar10"])
def test_the_data_are_the_graders(loaders, name, monkeypatch):
    full, students = getattr(datasets, name), getattr(loaders, name)
    assert loaders.fingerprint(students(limit=(50, 20))) == datasets.fingerprint(full(limit=(50, 20)))
    assert students(limit=(50, 20))._fields == datasets.Images._fields
    assert students().x_train.shape[0] == 2000 and students().y_test.dtype == torch.int64
    assert students().classes == full(limit=(1, 1)).classes and students().source == full(limit=(1, 1)).source


def test_what_cannot_be_had_is_one_line(loaders, tmp_path, monkeypatch):
    monkeypatch.setenv("COURSEWORK_DATA", str(tmp_path / "empty"))
    monkeypatch.setattr("torchvision.datasets.MNIST.resources", [])
    with pytest.raises(RuntimeError, match=r"MNIST could not be downloaded to .*/empty/ or read there") as caught:
        loaders.mnist()
    assert "\n" not in str(caught.value)


@pytest.fixture
def hand_in():
    namespace: dict = {}
    exec(bundle("coursework.notebook.submission", "handin", {"hand_in"}, student=True), namespace)
    return namespace["handin"].hand_in


@pytest.mark.parametrize(
    "name", ["Doe_Jane", "Müller-Lüdenscheid_Ada", "O’Neill_Zoë", "de la Cruz_Ana María", "王_伟", "शर्मा_अमित"]
)
def test_a_name_that_follows_the_rule_passes(hand_in, capsys, name):
    hand_in("hw0-tiny", f"{name}_hw0-tiny.ipynb", [])
    assert "is read as" in capsys.readouterr().out


@pytest.mark.parametrize(
    "name", ["Jane", "Last_First", "Doe_Jane_hw0-tiny (1)", "Copy of Doe_Jane", "Doe_", "12_34", "a/b_c"]
)
def test_a_name_that_does_not_is_told_the_rule(hand_in, capsys, name):
    hand_in("hw0-tiny", f"{name}_hw0-tiny.ipynb", [])
    assert "should be Last_First_hw0-tiny.ipynb, with your own names" in capsys.readouterr().out


@pytest.mark.parametrize("assignment", COURSE.assignments)
def test_what_every_student_has_in_front_of_them_is_short(assignment):
    cells = nbformat.read(COURSE.released(assignment), as_version=4).cells
    inlined = [c.source for c in cells if c.cell_type == "code" and "def _load_" in c.source]
    helpers = [n for source in inlined for n in ast.parse(source).body if getattr(n, "name", "").startswith("_load_")]
    lines = sum(node.end_lineno - node.lineno + 1 for node in helpers)
    assert 100 < lines < LINES and all(c.metadata.jupyter.source_hidden for c in cells if "def _load_" in c.source)
    assert not any("class World" in source for source in inlined)
