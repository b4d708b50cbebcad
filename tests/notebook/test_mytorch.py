"""The package that hw3 writes can be imported elsewhere, and hw5 trains with it; its switches are on at submission."""

import functools
import importlib
import math
import operator
import shutil
import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from IPython.core.inputtransformer2 import TransformerManager
from nbclient import NotebookClient

from coursework.judging.reference import notebook
from coursework.notebook import calls, checks
from tests.support.solutions import COURSE, solved

SWITCHES = sorted((Path(__file__).resolve().parents[2] / "bank/hw3-mytorch/option-7-switches").glob("*.py"))


@pytest.fixture(scope="module")
def source():
    return {c.id: c.source for c in notebook(COURSE, "hw3-mytorch").cells}


def test_a_package_written_in_hw3_trains_in_hw5(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    monkeypatch.setenv("COURSEWORK_GRADER", "1")
    monkeypatch.delenv("COURSEWORK_DATA", raising=False)
    nb = notebook(COURSE, "hw3-mytorch")
    NotebookClient(nb, kernel_name="python3", timeout=300, resources={"metadata": {"path": tmp_path}}).execute()
    said = "".join(o.get("text", "") for c in nb.cells if c.id == "q7-2-archive" for o in c.outputs)
    assert "(4, 3) (4, 2)" in said  # of the package's Linear with BatchNorm1d, and of its MLP4
    place = tmp_path / "hw5"
    place.mkdir()
    shutil.copy(tmp_path / "out" / "mytorch.zip", place)
    monkeypatch.chdir(place)
    monkeypatch.delenv("NBGRADER_EXECUTION")
    monkeypatch.setattr(sys, "path", [*sys.path])
    solved("hw5-cnn", "q2-2-dataset", "q2-3-mytorch")
    line = capsys.readouterr().out.splitlines()[-1]
    assert "mytorch: last loss 0.0" in line and float(line.split()[-1]) <= 0.1, line
    monkeypatch.delitem(sys.modules, "mytorch")


MLP = """class {0}({1}):
    def __init__(self):
        self.layers, self.f = [Linear(2, 3)], [ReLU()]

    def forward(self, A0):
        return shrunk(self.f[0].forward(self.layers[0].forward(A0)))

    def show(self):
        shrunk = 1
        print(shrunk)
"""


def test_the_package_takes_along_what_the_classes_need(source, tmp_path, monkeypatch):
    """Helpers of a cell of their own, whatever else has their names, cell magics, inheritance, what is added later."""
    answers = [source[item] for item in ("q4-1-losses", "q5-1-sgd", "q6-1-batchnorm")]
    cells = [
        "import numpy as np\nimport math as m\nlayer, A, N = 1, 2, 3",
        "from __future__ import annotations\ndef shrunk(A: NamedNowhere) -> Linear:\n    return A / m.sqrt(FOUR)\n",
        "FOUR = 'an earlier value %d'\nFOUR: int = 3\nFOUR += 1\n!ls\n%matplotlib inline",
        "def broken(:",
        "class Linear:\n    pass",
        "%%time\n"
        + source["q1-1-linear"].replace(
            "self.A, self.N =", "assert A.ndim == 2, ('%d'\n % 2)\n        self.A, self.N ="
        ),
        "def doubled(self):\n    return 2 * self.N\nLinear.doubled = doubled",
        "Linear.sizes = {}\nLinear.sizes['four'] = FOUR",
        source["q2-1-activations"],
        "class ReLU(ReLU):\n    name = 'relu'",
        "%%capture\n%%time\nclass Base:\n    number = 0\n\n\n" + MLP.format("MLP0", "Base"),
        "class Base:\n    number = 1",
        *(MLP.format(name, base) for name, base in (("MLP1", "MLP0"), ("MLP4", "MLP1"))),
        *answers,
    ]
    scope = {"__name__": "notebook", "np": np, "Path": Path, "In": ["", *cells], "ast": importlib.import_module("ast")}
    scope |= {"builtins": importlib.import_module("builtins")}
    scope["get_ipython"] = lambda: SimpleNamespace(transform_cell=TransformerManager().transform_cell)
    monkeypatch.chdir(tmp_path)
    for cell in ("q7-2-sources", "q7-2-names", "q7-2-package"):
        exec(source[cell], scope)
    monkeypatch.setattr(sys, "path", [str(tmp_path / "out"), *sys.path])
    Path("out/mytorch/__init__.py").touch()
    for name in [name for name in sys.modules if name.startswith("mytorch")]:  # another test's package
        monkeypatch.delitem(sys.modules, name)
    models, linear = (importlib.import_module(f"mytorch.{name}") for name in ("models", "linear"))
    model = models.MLP4()
    model.layers[0].W += 1.0
    assert model.forward(np.ones((1, 2))).tolist() == [[1, 1, 1]]  # (1 + 1) / sqrt(4)
    assert models.MLP0.number == 0 and model.f[0].name == "relu"
    assert model.layers[0].doubled() == 2 and linear.Linear.sizes == {"four": 4}
    assert isinstance(model.layers[0], linear.Linear) and issubclass(models.MLP4, models.MLP0)
    assert importlib.import_module("mytorch.loss").MSELoss().forward(np.ones((1, 2)), np.zeros((1, 2))) == 0.5
    for name in [name for name in sys.modules if name.startswith("mytorch")]:
        monkeypatch.delitem(sys.modules, name)


LOOPS = {
    "map over rows": lambda A: np.array(list(map(np.sum, A))),
    "map over entries": lambda A: np.array(list(map(math.tanh, A.ravel()))),
    "map over flat": lambda A: np.fromiter(map(math.exp, A.flat), float),
    "map over a list": lambda A: list(map(math.exp, (A + 1.0).ravel().tolist())),
    "pairs of rows": lambda A: sum(map(np.outer, A, np.abs(A))),
    "functools.reduce, plain": lambda A: functools.reduce(operator.add, np.array(A)),
    "Python's sum": lambda A: sum(A),
    "np.vectorize": lambda A: np.vectorize(math.tanh)(A),
    "np.frompyfunc": lambda A: np.frompyfunc(math.tanh, 1, 1)(A).astype(float),
    "np.apply_along_axis": lambda A: np.apply_along_axis(np.sum, 1, A),
    "np.vectorize, plain": lambda A: np.vectorize(math.tanh)(np.array(A)),
    "np.apply_along_axis, plain": lambda A: np.apply_along_axis(np.sum, 1, np.array(A)),
}
WHOLE = {
    "printing": lambda A: (str(A), f"{A}", repr([A])),
    "reductions": lambda A: (A.sum(axis=0), A.mean(), A.var(axis=0, keepdims=True), A.max(axis=1), np.median(A)),
    "ufuncs": lambda A: (np.exp(-np.abs(A)), np.maximum(A, 0, out=A.copy()), np.clip(A, -1, 1), np.modf(A)),
    "products": lambda A: (A.T @ A, np.einsum("nc,nc->c", A, A), np.dot(A, A.T), np.tensordot(A, A, (0, 0))),
    "pieces": lambda A: (np.where(A > 0, A, 0), np.piecewise(A, [A < 0], [np.exp, np.cos]), A[A > 0], A[:, 0]),
    "columns": lambda A: (np.stack([np.ptp(A[:, j]) for j in range(3)]), list(map(np.mean, A.T)), np.hstack([A, A])),
}


def test_loops_of_a_library_count_too_and_whole_arrays_do_not(source):
    scope = {"np": np, "functools": functools}
    for cell in ("setup-loops", "setup-loops-counted", "setup-loops-watched"):
        exec(compile(source[cell], "<ipython-input-1>", "exec"), scope)
    rows = {n: np.random.default_rng(n).normal(size=(n, 3)) for n in (4, 256)}

    def times(function):
        run = scope["watched"](lambda _, A: function(A))
        few, many = (calls._counted(run, lambda n: (None, rows[n]), n) for n in (4, 256))
        return many / max(few, 1)

    assert {name: times(loop) > 2 for name, loop in LOOPS.items()} == dict.fromkeys(LOOPS, True)
    assert {name: times(whole) <= 2 for name, whole in WHOLE.items()} == dict.fromkeys(WHOLE, True)
    seen = []
    scope["watched"](lambda _, A: seen.append({np.ndarray: "plain"}[type(A)]))(None, rows[4])
    assert seen == ["plain"]  # code that takes no other arrays is not refused for it


def test_local_tests_say_one_line_a_method(source, capsys):
    scope = {"check": checks, "SWITCHES": {"Good": True, "Bad": 1, "Off": False}}
    exec(source["setup-tests"], scope)
    for component, test in {"Good": lambda: None, "Bad": lambda: [][0], "Off": lambda: 1 / 0}.items():
        scope["local_test"](component, "forward")(test)
    with pytest.raises(checks.CheckFailed, match="1 of 2 local tests failed"):
        scope["run_tests"]("Good", "Bad", "Off")
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == ["– Off: switched off", "✓ Good.forward"] and lines[2].startswith("✗ Bad.forward: ")
    scope["run_tests"]("Good")
    assert capsys.readouterr().out.splitlines()[-1] == "1 of 1 local tests passed."


@pytest.mark.parametrize("answer", SWITCHES, ids=lambda path: path.stem)
def test_the_switches_count_as_on_when_all_are(answer, source, monkeypatch):
    """The test is worth nothing, so `prove` cannot tell a right answer from a wrong one."""
    emitted = []
    monkeypatch.setattr(checks, "probe", lambda name, got: emitted.append(checks._obtain(name, got)))
    visible, hidden = source["option-7-switches--all-on"].split("### BEGIN HIDDEN TESTS")
    scope: dict = {"check": checks}
    exec(answer.read_text(encoding="utf-8"), scope)
    outcomes = []
    for part in (visible, hidden):
        try:
            exec(part, scope)
            outcomes.append(True)
        except checks.CheckFailed:
            outcomes.append(False)
    assert outcomes[0] == answer.name.startswith("01_")
    assert (bool(emitted) and all(emitted[0].values())) == outcomes[0]
