"""The visible checks of a student's copy accept and refuse what the grader's do, in the same words."""

import IPython
import numpy as np
import pytest
import torch
from IPython.core.interactiveshell import InteractiveShell

from coursework.notebook import artefacts, checks
from coursework.notebook import restrictions as full
from coursework.notebook.student import artefacts as students_artefacts
from coursework.notebook.student import checks as students
from coursework.notebook.student import restrictions, world
from tests.judging.test_restrictions import BAD, GOOD


def said(call, *args, **kwargs):
    """The value that a check returns, or its sentence."""
    try:
        return call(*args, **kwargs)
    except (checks.CheckFailed, students.CheckFailed) as failed:
        return str(failed)


def broken():
    raise ZeroDivisionError("by zero")


def stub():
    raise NotImplementedError("2.1: the forward pass")


X = np.array([[0.3, -1.2, 2.0]])
UP = np.array([[1.5, -0.5, 2.0]])
POINT = torch.tensor([0.5, 0.25], dtype=torch.float64)


def area():
    return None


CALLS = {
    "exists": [
        *(("a", lambda v=v: v, kind) for v in (3, True, None, "3", np.int64(3), 2.5, float("nan"), torch.tensor(0.5),
          torch.tensor(float("inf")), np.ones(2), (1, 2), [1], (1, None), (1, "x"), object())
          for kind in (int, float, [int, float], bool, object, str, list, torch.Tensor, (int, int), ([int], object))),
        ("a", lambda: undefined_name, int),  # noqa: F821
        ("area", lambda: area(), float),
        ("area(3)", lambda: None, float),
        ("its area", lambda: None, float, "called with 3"),
        ("f", broken, int, "called with 3"),
        ("f", stub, int),
        ("f", broken, (int, int)),
    ],
    "like": [
        *(("f", v, shape, dtype) for v in (np.zeros((3, 2)), torch.zeros(3, 2), np.zeros((3, 2), int), 3, True, 1j, "3",
          None, np.full((3, 2), np.nan), torch.zeros(3, 2, dtype=torch.bfloat16), [1, 2], np.array("x"), np.float32(1),
          torch.eye(2).to_sparse(), torch.ones(2, device="meta"))
          for shape, dtype in ((None, None), ((3, 2), "float"), ((3, None), "float64"), ((2, 3), None), ((), "int"),
          ((), "bool"), ((3,), "float32"))),
        ("f", np.array([np.inf]), (1,), "float", False),
        ("f", lambda: broken(), None, None, True, "called with 3"),
        ("f", lambda: torch.ones(2).cuda()),
        ("f", lambda: torch.ones(2).to("mps"), None, None, True, "called with 3"),
        ("f (called with 3)", np.ones(2), (3,), None, True, "called with 3"),
    ],
    "close": [
        ("f", np.array([1.0, 2.0]), lambda: torch.tensor([1.0, 2.0])),
        ("f", np.array([1.0, 2.5]), np.array([1.0, 2.0])),
        ("f", np.array([0.0, 2.5]), np.array([0.0, 2.0]), 1e-3, 0.0, "called with 3"),
        ("f", np.zeros(0), np.zeros(0)),
        ("f", np.zeros(3), np.zeros(2)),
        ("f", np.zeros(2), broken),
        ("f", 1 + 1j, 1 + 1.001j),
        ("f", np.array([1.0, 2.0]), None),
        ("f", None, 1.0),
    ],
    "law": [
        ("f", lambda: True, "it is."),
        ("f", np.bool_(False), "rows must sum to 1.", "called with 3"),
        ("f", broken, "rows must sum to 1.", "called with 3"),
        ("f", None, "it is true."),
    ],
    "gradient": [
        ("f", lambda: 3 * X**2 * UP, lambda v: v**3, X, UP),
        ("f", lambda: 3 * X**2, lambda v: v**3, X, UP),
        ("f", lambda: 2 * POINT, lambda v: (v**2).sum(), POINT),
        ("f", lambda: 2.1 * POINT, lambda v: (v**2).sum(), POINT, None, 1e-6, 1e-4, "called with POINT"),
        ("f", lambda: 2 * POINT, lambda v: broken(), POINT),
        ("f", lambda: np.ones(3), lambda v: (v**2).sum(), POINT),
        ("f", np.zeros((0, 2)), lambda v: v, np.zeros((0, 2))),
        ("f", lambda: 2 * POINT, lambda v: None, POINT),
        ("f", lambda: 2 * POINT, lambda v: v[0] * np.nan, POINT),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("name", "call"), [(name, call) for name, calls in CALLS.items() for call in calls])
def test_an_answer_hears_the_same(name, call):
    of_grader, of_student = said(getattr(checks, name), *call), said(getattr(students, name), *call)
    assert type(of_grader) is type(of_student) and str(of_grader) == str(of_student)


def test_a_failed_check_is_one_line():
    assert students.CheckFailed("no", 7)._render_traceback_() == checks.CheckFailed("no", 1)._render_traceback_()


@pytest.fixture
def shell(monkeypatch):
    shell = InteractiveShell()
    monkeypatch.setattr(IPython, "get_ipython", lambda: shell)
    world.start("check")
    yield shell
    world.NOTED.clear()


def looking_up(name, shell):
    """What a notebook says as `lambda: name`."""
    return eval(f"lambda: {name}", shell.user_ns)


@pytest.mark.parametrize("kinds", ["e", "el", "k", "ee", "en", "g"])
def test_what_has_passed_is_said_alike(shell, capsys, kinds):
    lines = {
        "e": "check.exists('a', 3, int)",
        "l": "check.law('a', True, 'it is.')",
        "k": "check.like('a', 3)",
        "n": "check.does_without('f', lambda: f, 'grad')",
        "g": "check.gradient('a', np.zeros((0, 2)), None, np.zeros((0, 2)))",
    }
    shell.run_cell("def f():\n    pass", store_history=True)
    for edition in (checks, students):
        shell.user_ns.update(check=edition, np=np)
        assert shell.run_cell("\n".join([lines[kind] for kind in kinds] + ["check.passed('1.1')"])).success
    first, second = capsys.readouterr().out.splitlines()
    assert first == second and "1.1" in first


def test_both_editions_know_the_same_magics():
    assert restrictions.TIMING == full.RUNNING


@pytest.mark.parametrize("source", GOOD)
def test_honest_cells_pass(shell, source):
    assert restrictions.refusal(source) == "" == full.refusal(source)


@pytest.mark.parametrize("source", [text for text in BAD if "broken" not in text and not text.endswith("\n  !ls")])
def test_other_libraries_are_refused_in_the_same_sentence(shell, source):
    assert restrictions.refusal(source) == full.refusal(source) != ""


NAMES = ("autograd", "backward", "enable_grad", "func", "grad", "complex")
TEXTS = [
    "def f(x):\n    return torch.func.grad(g)(x)",
    "from torch.func import vjp",
    "from torch import func as other",
    "import torch.autograd.functional as f",
    "def f(x):\n    loss(x).backward()\n    return x.grad",
    "with torch.enable_grad():\n    pass",
    "autograd.grad(y, x)",
    "def func(x):\n    backward = 2 * x\n    return backward\nfunc(1)",
    "%%time\ndef f(x):\n    loss(x).backward()",
    "def f(x):\n    loss(x).backward()\nf?",
    "!ls\nloss.backward()",
    "/loss.backward",
    "%timeit -n 3 loss.backward()",
    "%time %timeit loss.backward()",
    "%%time\n    x = 1\n    loss.backward()",
    "\n\n%time loss.backward()",
    "%alias_magic t time\n%t loss.backward()",
    "torch.func?",
    "x = !ls\nx.grad",
    "x = 1\n%time x.grad",
    "%run other.py\nx = 1",
    "%%bash\nls grad\n",
    "x = '''\n%time loss.backward()\n'''",
    "y = (3\n     % grad)",
    "hidden.grad = y\nz = hidden.grad",
    "from dataclasses import dataclass\n@dataclass\nclass R:\n    grad: float\nR(1).grad",
    "import torch\ntorch.grad = torch.grad",
    "x.grad",
    "a, b.grad = 1, 2\nb.grad",
    "step = 1j",
    "x = 1e-30 * j",
    "lambda grad: grad",
    "import grad as other\nother.grad = 1\nother.grad",
]


@pytest.mark.parametrize("source", TEXTS)
def test_what_an_answer_is_to_do_without_is_said_alike(shell, source):
    assert restrictions.reached(source, NAMES) == full.reached(source, NAMES)


def test_what_is_not_python_is_refused(shell):
    """A function may be there although the cell was broken later."""
    shell.run_cell("def f(x):\n    return x\n", store_history=True)
    shell.run_cell("def f(x):\n    return x)\n", store_history=True)
    for sentence in (
        said(students.only_numpy, "f", looking_up("f", shell)),
        said(students.does_without, "f", looking_up("f", shell), "grad"),
    ):
        assert sentence.startswith("f: your code raised SyntaxError: unmatched ')'") and "line 2" in sentence


def test_the_cell_of_a_name_is_the_last_that_defines_it(shell):
    shell.run_cell("import jax_of_nobody as jax\n", store_history=True)
    shell.run_cell("def f(x):\n    return torch.grad(x)\n", store_history=True)
    shell.run_cell("g = f\nf = 3", store_history=True)
    assert students.cell_of(looking_up("g", shell)) == students.cell_of(looking_up("f", shell)) == "g = f\nf = 3"
    shell.run_cell("%%time\ndef f(x):\n    return torch.grad(x)\n", store_history=True)
    assert students.cell_of(looking_up("f", shell)).startswith("%%time")
    text = "f: line 3 uses grad, which this answer is to do without."
    assert said(students.does_without, "f", looking_up("f", shell), "grad") == text
    text = "f: line 3 uses torch: this cell may use numpy, Python's own small modules such as math, and nothing else."
    assert said(students.only_numpy, "f", looking_up("f", shell)) == text
    shell.user_ns["h"] = np.sum
    assert students.cell_of(looking_up("h", shell)) == ""


@pytest.mark.parametrize(
    "answer",
    [
        "f = lambda x: torch.grad(x)",
        "f: object = lambda x: torch.grad(x)",
        "class F:\n    def __call__(self, x):\n        return torch.grad(x)\nf = F()",
        "  def f(x):\n      return torch.grad(x)",
        "import functools\nf = functools.partial(lambda x, y: torch.grad(x), 1)",
    ],
)
def test_however_a_name_is_bound_its_cell_is_read_and_no_other(shell, answer):
    later = "def later(x):\n    f = backward(x)\n    return f"
    for text in (answer, later):
        assert shell.run_cell(text, store_history=True).success
    assert "uses grad" in said(students.does_without, "f", looking_up("f", shell), "grad")
    assert said(students.does_without, "f", looking_up("f", shell), "backward") is None


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "first line must be id,label"),
        ("0,1\n1,2\n2,3\n", "first line must be id,label, not '0,1'"),
        ("id,label\n0,1\n1,2\n", "it has 2 rows below the header, expected 3"),
        ("id,label\n1,1\n2,2\n3,3\n", "its ids must be 0 to 2, each once, and 0 is not there"),
        ("id,label\n0,1\n0,2\n2,3\n", "its ids must be 0 to 2, each once, and 1 is not there"),
        ("id,label\n0,1\n1,10\n2,3\n", "line 3 is '1,10': expected an id and a label from 0 to 9, as in 0,3"),
        ("id,label\n0,1.0\n1,2\n2,3\n", "line 2 is '0,1.0'"),
        ("id,label\n0,cat\n1,2\n2,3\n", "line 2"),
        ("id,label\n0,-1\n1,2\n2,3\n", "line 2"),
        ("id,label\n0\n1,2\n2,3\n", "line 2"),
        ("id,label\n0,1\n1,2\n2,¹\n", "line 4"),
        ('\ufeffID, "label"\r\n2, 3\n\n"0","01"\n1 ,2 ', ""),
    ],
)
def test_predictions_are_refused_where_the_grader_refuses_them(tmp_path, text, says):
    path = str(tmp_path / "p.csv")
    assert said(students.predictions, path, 3) == said(checks.predictions, path, 3)
    (tmp_path / "p.csv").write_text(text, encoding="utf-8")
    sentence, full_sentence = said(students.predictions, path, 3), said(checks.predictions, path, 3)
    assert (sentence is None) == (full_sentence is None) == (not says) and says in (sentence or "")


@pytest.mark.parametrize("payload", [b"", b"x" * 10, bytes(range(256)) * 40])
def test_an_artefact_is_read_back(tmp_path, monkeypatch, capsys, payload):
    monkeypatch.chdir(tmp_path)
    students_artefacts.artefact("a.bin", payload)
    assert (tmp_path / "out" / "a.bin").read_bytes() == payload
    text = capsys.readouterr().out
    assert artefacts.decode(text) == ({"a.bin": payload}, []) and text.rstrip("\n") == artefacts.encode(
        "a.bin", payload
    )


def test_an_artefact_that_is_too_large_is_refused(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ValueError, match="hand in the file"):
        students_artefacts.artefact("a.bin", np.random.default_rng(0).bytes(2**20))
