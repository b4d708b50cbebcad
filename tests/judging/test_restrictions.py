"""NumPy only: what is refused, what is not, and that a refused answer earns nothing."""

import nbformat
import numpy as np
import pytest

from coursework.authoring import release
from coursework.core.files import read_json
from coursework.grading import autograde
from coursework.judging.policy import refusals
from coursework.notebook import checks
from coursework.notebook.restrictions import reached, refusal, renamed
from tests.support.course import answered, submit

GOOD = [
    "import numpy as np\nclass Linear:\n    def forward(self, A):\n        return A @ self.W.T\n",
    "from numpy import exp\nfrom numpy.linalg import norm\n",
    "def f(sys, torch):\n    return sys + torch\n",  # own names
    "datasets = [1, 2]\nprint(datasets)\n",
    "# import torch\n'import torch'\n",
    "import math\nfrom functools import reduce\nimport collections.abc\n",  # no arrays, no gradients
    "import time, random, re\nt = time.perf_counter()\n",
    "class Net:\n    def f(self):\n        return self.modules\n",
    'raise ValueError("%d and %d"\n                 % (1, 2))\n',
    'text = """\n%run this\n!ls\n"""\n',
    "%%time\nimport numpy as np\n",
    "%matplotlib inline\nnp.sum?\n?np.sum\nx = 1  # why?\n",
    "%time y = np.ones(3)\n",
]
BAD = {
    "import torch": "imports torch",
    "def f():\n    import torch.nn as nn": "line 2 imports torch.nn",
    "from torch import nn": "imports torch",
    "import numpy as np, jax": "imports jax",
    "from autograd import grad": "imports autograd",
    "x = torch.tensor(1)": "uses torch",
    "t = __import__('torch')": "uses __import__",
    "import importlib": "imports importlib",
    "t = importlib.import_module('torch')": "uses importlib",
    "exec('import torch')": "uses exec",
    "t = eval('torch')": "uses eval",
    "t = datasets.torch": "uses",
    "import numpy\nt = numpy.sys.modules['torch']": "uses .sys",
    "def broken(:\n": "line 1 cannot be read by Python",
    "%%time\nimport torch": "line 2 imports torch",
    "%time import torch": "imports torch",
    "%timeit -n 3 -r 2 torch.ones(3)": "uses torch",
    "%matplotlib inline\nimport torch\nnp.sum?": "line 2 imports torch",
    "x = !ls": "shell or magic",
    "x = %time torch.ones(3)": "uses torch",
    "%%bash\nls": "shell or magic",
    "%%python\nimport torch": "shell or magic",
    "t = (lambda: 0).__globals__['torch']": "uses .__globals__",
    "t = globals()['torch']": "uses globals",
    "!pip install jax": "shell or magic",
    "%run other.py": "shell or magic",
    "x = 1\n    \n  !ls": "line 3",
}


@pytest.mark.parametrize("source", GOOD)
def test_honest_cells_pass(source):
    assert refusal(source) == ""


@pytest.mark.parametrize("source", BAD)
def test_other_libraries_are_refused_in_one_sentence(source):
    reason = refusal(source)
    assert BAD[source] in reason and ("numpy" in reason or "cannot be read" in reason) and "\n" not in reason


@pytest.mark.parametrize(
    ("source", "where"),
    [
        ("eval = eval\nt = eval('tor' + 'ch')", "line 1 uses eval"),
        ("def f(eval=eval):\n    return eval('1')", "line 1 uses eval"),
        ("def f(eval):\n    return eval('1')\nf(eval)", "line 3 uses eval"),
        ("class B:\n    def forward(self, Z, eval=False):\n        return Z if eval else 2 * Z", ""),
        ("f = lambda globals: globals + 1", ""),
    ],
)
def test_a_detour_is_one_under_any_name(source, where):
    assert renamed(source).startswith(where) and bool(where) == bool(renamed(source))


@pytest.mark.parametrize(
    ("source", "where"),
    [
        ("def f(x):\n    return torch.func.grad(g)(x)", "line 2 uses func"),
        ("from torch.func import vjp", "line 1 uses func"),
        ("from torch import func as other", "line 1 uses func"),
        ("import torch.autograd.functional as f", "line 1 uses autograd"),
        ("def f(x):\n    loss(x).backward()\n    return x.grad", "line 2 uses backward"),
        ("with torch.enable_grad():\n    pass", "line 1 uses enable_grad"),
        ("autograd.grad(y, x)", "line 1 uses autograd"),
        ("def func(x):\n    backward = 2 * x\n    return backward\nfunc(1)", ""),  # the cell's own names
        ("%%time\ndef f(x):\n    loss(x).backward()", "line 3 uses backward"),
        ("def f(x):\n    loss(x).backward()\nf?", "line 2 uses backward"),
        ("!ls\nloss.backward()", "line 2 uses backward"),
        ("/loss.backward", "line 1 uses backward"),
    ],
)
def test_what_an_answer_is_to_do_without(source, where):
    names = ("autograd", "backward", "enable_grad", "func")
    reason = reached(source, names)
    assert (reason == f"{where}, which this answer is to do without") if where else not reason


@pytest.mark.parametrize(
    ("source", "where"),
    [
        ("hidden.grad = y\nz = hidden.grad", ""),  # a record of the cell's own
        ("from dataclasses import dataclass\n@dataclass\nclass R:\n    grad: float\nR(1).grad", ""),
        ("import torch\ntorch.grad = torch.grad", "line 2 uses grad"),
        ("x.grad", "line 1 uses grad"),
    ],
)
def test_a_field_of_the_cells_own_is_no_forbidden_name(source, where):
    reason = reached(source, ("grad",))
    assert (reason == f"{where}, which this answer is to do without") if where else not reason


@pytest.mark.parametrize("text", ["step = 1j", "x = f(y + 1e-30j)", "z = 2 * 0J"])
def test_a_complex_literal_is_a_complex_number(text):
    assert reached(text, ("complex",)) == "line 1 uses complex, which this answer is to do without"
    assert not reached(text, ("grad",)) and not reached("x = 1e-30 * j", ("complex",))


def test_the_sentence_says_what_may_be_used():
    own = "Python's own small modules such as math, and nothing else"
    assert refusal("import torch") == f"line 1 imports torch: this cell may use numpy, {own}"
    assert refusal("!ls", ()) == f"line 1 is a shell or magic command: this cell may use {own}"


def test_what_cannot_be_read_is_refused_with_a_sentence():
    for text in ("def broken(:", "%run other.py\nx = 1", "x = " + "-" * 20_000 + "1", "x = '\0'"):
        for reason in (reached(text, ("grad",)), refusal(text)):
            assert "read" in reason or "shell" in reason or "no Python" in reason
            assert "\n" not in reason


def test_an_answer_by_a_forbidden_tool_earns_nothing(tiny):
    path = tiny.source("hw0-tiny")
    nb = nbformat.read(path, as_version=4)
    next(c for c in nb.cells if c.id == "q1-1-double").metadata["coursework"]["without"] = ["autograd"]
    nbformat.write(nb, path)
    release.release(tiny, "hw0-tiny", unproven=True)
    submit(tiny, "Other_Bob", answered(tiny, double="import numpy as autograd\ndef double(x):\n    return 2 * x\n"))
    submit(tiny, "Third_Cy", answered(tiny, double="def double(x):\n    torch.autograd\n    return 2 * x\n"))
    summary = autograde.autograde(tiny, "hw0-tiny")
    assert {row.student: row.score for row in summary.rows} == {"Other_Bob": 7, "Third_Cy": 3}


def test_the_visible_check_reads_the_cell_of_a_class():
    import linecache

    text = "import jax\nclass Net:\n    def forward(self, x):\n        return x\n"
    linecache.cache["<ipython-input-1-x>"] = (len(text), None, text.splitlines(True), "<ipython-input-1-x>")
    names: dict = {}
    exec(compile(text.replace("import jax\n", "\n"), "<ipython-input-1-x>", "exec"), names)
    with pytest.raises(checks.CheckFailed, match="line 1 imports jax"):
        checks.only_numpy("Net", names["Net"])
    assert checks.cell_of(np.sum) == ""


def test_a_refused_answer_earns_nothing_and_says_why(tiny):
    path = tiny.source("hw0-tiny")
    nb = nbformat.read(path, as_version=4)
    nb.metadata.coursework.imports = ["numpy"]
    nbformat.write(nb, path)
    release.release(tiny, "hw0-tiny", unproven=True)
    submit(tiny, "Right_Ann", answered(tiny))
    submit(tiny, "Other_Bob", answered(tiny, double="import json\ndef double(x):\n    return 2 * x\n"))
    summary = autograde.autograde(tiny, "hw0-tiny")
    assert {row.student: row.score for row in summary.rows} == {"Right_Ann": 7, "Other_Bob": 3}
    verdict = read_json(tiny.autograded("Other_Bob", "hw0-tiny") / "verdict.json")
    assert verdict["cells"]["q1-1-double--values"]["message"].startswith("refused: line 1 imports json")


def test_a_cell_too_deep_for_python_stops_nobody(tiny):
    source = nbformat.read(tiny.source("hw0-tiny"), as_version=4)
    source.metadata.coursework.imports = ["numpy"]
    release.release(tiny, "hw0-tiny", unproven=True)
    nb = answered(tiny, double="y = " + "-" * 20000 + "1")
    assert refusals(source, nb) == {"q1-1-double": "the code is too deep to be read"}
