"""NumPy only: what is refused, what is not, and that a refused answer earns nothing."""

import nbformat
import numpy as np
import pytest
from conftest import answered, submit

from coursework import autograde, checks, release
from coursework.files import read_json
from coursework.purity import refusal

GOOD = [
    "import numpy as np\nclass Linear:\n    def forward(self, A):\n        return A @ self.W.T\n",
    "from numpy import exp\nfrom numpy.linalg import norm\n",
    "def f(sys, torch):\n    return sys + torch\n",  # own names
    "datasets = [1, 2]\nprint(datasets)\n",
    "# import torch\n'import torch'\n",
    "import math\nfrom functools import reduce\nimport collections.abc\n",  # no arrays, no gradients
    "def broken(:\n",  # it fails by itself
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
    "import numpy\nt = numpy.sys.modules['torch']": "uses .modules",
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
    assert BAD[source] in reason and "numpy" in reason and "\n" not in reason


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
