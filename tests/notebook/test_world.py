"""What a student's cell overwrites or switches reaches no check, test or given cell."""

import IPython
import numpy as np
import pytest
import torch

from coursework.notebook import switches
from tests.support.world import CHECK, SETUP

SHADOWS = [
    "list = [3, 1, 2]",
    "len = 100 * 50",
    "str = 'layers'",
    "sum = 0\nfor n in range(3):\n    sum += n",
    "max = 7; min = 0",
    "print = 5",
    "range = float = isinstance = map = 0",
    "from numpy import *",
    "np = 3",
    "check = 1",
    "draw = half = Stub = Wide = math = None",
    "for len in range(3):\n    pass",
    "import builtins\nbuiltins.len = lambda x: 0\nbuiltins.sum = None",
    "def list(x):\n    return 3",
    "class float: pass",
    "x, y, g, d, h, c = 1, 2, 9.81, 5, 1, 2; model = None; args = (); got = want = None",
    "del check, np",
    "__coursework__ = None",
]


@pytest.mark.parametrize("cell", SHADOWS)
def test_an_overwritten_name_reaches_no_check(notebook, cell):
    notebook(cell)
    assert notebook(CHECK).success and notebook.names["passed"]


def test_an_answer_that_uses_an_overwritten_name_is_told_where(notebook, capsys):
    notebook("list = [3, 1, 2]  # sizes")
    notebook("def twice(x):\n    return np.array(list(2 * x))\n")
    notebook(CHECK)
    said = capsys.readouterr().out
    assert "twice: your code raised TypeError: 'list' object is not callable" in said
    assert "`list` was given another meaning in" in said and "`list = [3, 1, 2]  # sizes`" in said
    notebook("del list")
    assert notebook(CHECK).success


def test_in_a_second_run_what_own_cells_overwrite_is_put_back(notebook, monkeypatch):
    monkeypatch.setenv("COURSEWORK_GRADER", "1")
    notebook("def twice(x):\n    return np.array(list(2 * x))\n")
    notebook("list = [3]\ntwice = 5\nnp = 4\nmine = 6\n# coursework: own, undone")
    assert notebook.names["mine"] == 6 and callable(notebook.names["twice"]) and "list" not in notebook.names
    assert notebook(CHECK).success


@pytest.mark.parametrize("way", ["%reset -f", "%xdel twice", "del twice, np", "%reset_selective -f twice", "LIMIT = 1"])
def test_in_a_second_run_what_own_cells_delete_is_there_again(notebook, monkeypatch, way):
    monkeypatch.setenv("COURSEWORK_GRADER", "1")
    notebook("limit = LIMIT\ndef twice(x):\n    return np.array(list(2 * x)) if LIMIT == limit else None\n")
    before = dict(notebook.names)
    notebook(f"{way}\nmine = 6\n# coursework: own, undone")
    gone = [
        n
        for n in before
        if n[0] != "_" and n not in ("In", "Out", "get_ipython") and notebook.names.get(n) is not before[n]
    ]
    assert not gone and notebook.names["mine"] == 6
    assert notebook(CHECK).success


def test_an_answer_may_give_new_values_and_keep_functions_of_a_builtins_name(notebook, monkeypatch):
    monkeypatch.setenv("COURSEWORK_GRADER", "1")
    notebook("LIMIT = None\n# coursework: own")
    notebook("run = 8")  # an answer: no mark
    assert notebook("check.law('run', run == 8, 'it is the new one')").success
    notebook("def pow(x):\n    return 2 * x\n# coursework: own")
    notebook("def twice(x):\n    return pow(x)\n")
    assert notebook(CHECK).success


SWITCHES = [
    "torch.set_default_dtype(torch.float64)",
    "torch.set_grad_enabled(False)",
    "torch.use_deterministic_algorithms(True)",
    "np.seterr(all='raise')\nimport warnings\nwarnings.filterwarnings('error')",
    "import os; os.chdir('/')",
    "import io, sys; sys.stdout = io.StringIO()",
    "import logging, gc; logging.disable(); gc.disable()",
    "torch.set_printoptions(precision=1); np.set_printoptions(precision=1)",
]


@pytest.mark.parametrize("cell", SWITCHES)
def test_switches_are_put_back_for_a_check_and_then_the_students_again(notebook, cell, capsys):
    notebook("pass")
    before = switches.read()
    notebook(cell)
    turned = switches.turned(before)
    assert turned
    notebook("# @title Look\nfrom coursework.notebook import switches as s\nseen = s.read()")
    seen = notebook.names["seen"]
    assert [n for n in before if not n.startswith("sys.") and seen[n] != before[n]] == []
    assert notebook("check.law('x', True, 'y')").success
    assert f"Note: a cell of yours has changed {', '.join(turned)}." in capsys.readouterr().out
    assert switches.turned(before) == turned


def test_random_states_are_the_same_before_each_test_of_a_grading_run(notebook, monkeypatch):
    monkeypatch.setenv("COURSEWORK_GRADER", "1")
    drawn = []
    for seed in (1, 2):
        notebook(f"torch.manual_seed({seed}); np.random.seed({seed})")
        notebook("# @title Draw\nd = np.random.rand(), torch.rand(1).item()")
        drawn.append(notebook.names["d"])
    assert drawn[0] == drawn[1]


def test_the_set_up_may_run_again_and_stands_alone(notebook):
    notebook("len = 3")
    assert notebook(SETUP).success and notebook(CHECK).success
    assert len([t for t in IPython.get_ipython().ast_transformers if type(t).__name__ == "World"]) == 1
    assert notebook("np.ones(3, dtype=torch.float32)").error_in_exec  # errors are the student's as before
    assert np.ones(1).sum() == 1 and torch.ones(1).sum() == 1


COLLISIONS = [
    "half = 3.0",
    "for half in (1, 2):\n    pass",
    "with open('/dev/null') as half:\n    pass",
    "half, other = 1, [n for n in range(3)]",
    "half = np.ones(2) * 0",
]


@pytest.mark.parametrize("grader", [False, True])
@pytest.mark.parametrize("kind", ["check", "given"])
@pytest.mark.parametrize("cell", COLLISIONS)
def test_no_cell_of_ours_takes_a_helper_from_an_answer(notebook, monkeypatch, cell, kind, grader):
    if grader:
        monkeypatch.setenv("COURSEWORK_GRADER", "1")
    own = "def half(x):\n    return x / 2\n"
    notebook(own.replace("half", "_my_own"))  # one that nobody takes
    notebook(own.replace("half", "quarter") + ("# coursework: own" if grader else ""))
    answer = "def twice(x):\n    return 8 * quarter(x)\n"
    notebook(answer)
    ours = cell.replace("half", "quarter")
    if kind == "check":
        uses = "\ncheck.close('twice', lambda: twice(np.ones(2)), np.full(2, 4.0))\nshown = quarter"
        assert notebook(ours + uses).success
        assert not callable(notebook.names["shown"])  # within the cell it has our value
    else:
        assert notebook("# @title Ours\n" + ours + "\nshown = quarter").success
        assert notebook("# @title Later\nshown = quarter").success and not callable(notebook.names["shown"])
        assert notebook("check.law('given', not callable(quarter), 'a check has the given value')").success
    assert callable(notebook.names["quarter"]) and notebook.names["twice"](np.ones(2)).sum() == 8


def test_a_check_that_gives_the_function_it_tests_another_meaning_does_so_for_what_follows(notebook):
    notebook("def quarter(x):\n    return x\n")
    notebook("def twice(x):\n    return 8 * quarter(x)\n")
    stands_in = "check.law('quarter', quarter(4) == 4, 'wrong')\nquarter = lambda x: x / 4"
    assert notebook(stands_in).success
    assert notebook("check.close('twice', lambda: twice(np.ones(2)), np.full(2, 2.0))").success


def test_a_helper_that_no_function_calls_may_be_overwritten(notebook):
    notebook("def quarter(x):\n    return x / 4\n")
    assert notebook("check.law('x', True, 'y')\nquarter = 5").success and notebook.names["quarter"] == 5
    assert notebook("# @title Ours\nquarter = 6").success and notebook.names["quarter"] == 6
