"""A run that nobody grades is left out, but where a student's answer looks up what it binds."""

import pytest
from nbformat.v4 import new_code_cell, new_notebook

from coursework.sandbox.needed import helpers, left_out
from tests.support.course import meta

RUN = "# @title A run\nmodel, history = object(), [1.0]\nfor epoch in range(3):\n    history.append(epoch)"
FIGURE = "import seaborn as sns\nplt.plot(history)\nsmooth = sorted"
SKIP = ["q1-2-run", "q1-2-plot"]


def submission(answer: str, own: str) -> set[str]:
    """What is not left out of a notebook with a run, a figure of it, a cell of one's own and this answer."""
    cells = [
        new_code_cell("def given(x):\n    return x", id="q1-2-given", metadata=meta("q1-2-given")),
        new_code_cell(RUN, id="q1-2-run", metadata=meta("q1-2-run")),
        new_code_cell(FIGURE, id="q1-2-plot", metadata=meta("q1-2-plot", points=2, solution=True)),
        new_code_cell(own, id="own"),
        new_code_cell(answer, id="q1-3-answer", metadata=meta("q1-3-answer", solution=True)),
    ]
    return set(SKIP) - left_out(new_notebook(cells=cells), SKIP)


@pytest.mark.parametrize(
    ("answer", "own", "runs"),
    [
        ("def f(model, history):\n    return history", "", set()),  # names of its own
        ("model = 3\ndef f(x):\n    return model * x", "", set()),
        ("def f(x):\n    for epoch in range(3):\n        x += epoch\n    return x", "", set()),
        ("y = [epoch for epoch in range(3)]", "print(history)", set()),  # a look at the run
        ("def f(x):\n    # like model\n    return 'history' + x", "", set()),
        ("best = min(history)", "", {"q1-2-run"}),
        ("def f(x):\n    return model(x)", "", {"q1-2-run"}),
        ("%time best = max(history)", "", {"q1-2-run"}),
        ("f = lambda x: history[x]", "", {"q1-2-run"}),
        ("class A:\n    start = history", "", {"q1-2-run"}),
        ("history = history + [2]", "", {"q1-2-run"}),
        ("def f(x):\n    return smooth(x)", "", {"q1-2-run", "q1-2-plot"}),  # which looks up the history
        ("sns.set_theme()", "", {"q1-2-run", "q1-2-plot"}),
        ("y = curve(3)", "def curve(n):\n    return history[:n]", {"q1-2-run"}),
        ("y = twice(curve(3))", "def curve(n):\n    return history[:n]\ndef twice(x):\n    return 2 * x", {"q1-2-run"}),
        ("y = curve(3)", "def curve(n):\n    return part(n)", set()),
        ("y = twice(3)", "history\ndef twice(x):\n    return 2 * x", {"q1-2-run"}),  # without it the cell ends above
        ("y = globals()['model']", "", {"q1-2-run", "q1-2-plot"}),
        ("exec('y = hist' + 'ory')", "", {"q1-2-run", "q1-2-plot"}),
        ("model.eval()", "", {"q1-2-run"}),
        ("y = curve(3", "", set()),
        ("y = model, (", "", {"q1-2-run", "q1-2-plot"}),  # whatever it is
        ("history += [1]", "", {"q1-2-run"}),
        ("history = []\nhistory += [1]", "", set()),
        ("epoch = 0\nfor i in range(3):\n    epoch += i", "", set()),
        ("def f(x):\n    epoch = 0\n    epoch += x\n    return epoch", "", set()),
        ("def f(x):\n    global history\n    history += [x]\n    return x", "", {"q1-2-run"}),
        ("class A:\n    history = history", "", {"q1-2-run"}),
        ("y = getattr(__import__('__main__'), 'model')", "", {"q1-2-run", "q1-2-plot"}),
        ("def f(): return settings['h']", "settings = {}\nsettings['h'] = history", {"q1-2-run"}),
        ("class A:\n    pass", "def curve(self):\n    return history\nA.curve = curve", {"q1-2-run"}),
        ("y = pick(3)", "globals()['pick'] = history.index", {"q1-2-run", "q1-2-plot"}),
        ("y = 3", "from functools import *\nprint(partial)", set()),
    ],
)
def test_a_run_is_left_out_where_no_answer_needs_it(answer, own, runs):
    assert submission(answer, own) == runs


def test_an_answer_needs_the_cells_that_bind_what_it_looks_up():
    texts = {
        "own1": "import math\nBLOCKS = 3",
        "own2": "class Block:\n    size = BLOCKS",
        "own3": "for i in range(9):\n    print(i)",
        "q1-1-net": "def make():\n    return Block()",
        "q1-2-use": "y = make()",
        "own4": "def make():\n    return None",
        "q1-3-other": "def Unused():\n    return math",
    }
    cells = [
        new_code_cell(text, id=name, metadata=meta(name, solution=True) if name[0] == "q" else {})
        for name, text in texts.items()
    ]
    assert helpers(new_notebook(cells=cells), ["q1-1-net"]) == {"own1", "own2"}
    assert helpers(new_notebook(cells=cells), ["q1-2-use", "q1-1-net"]) == {"own1", "own2"}  # not another `make`
    assert helpers(new_notebook(cells=cells), ["q1-3-other"]) == {"own1"}
    assert helpers(new_notebook(cells=cells), ["q9"]) == set()


CHANGES = {
    "a list": (["layers = []", "layers.append(3)"], "def f():\n    return layers"),
    "in a loop": (["layers = []", "for i in range(3):\n    layers.append(i)"], "def f():\n    return layers"),
    "a dictionary": (["sizes = {}", "sizes['h'] = 3"], "def f():\n    return sizes"),
    "a class of their own": (["class Sizes: pass", "Sizes.h = 3"], "def f():\n    return Sizes.h"),
    "the answer's class": (["def forward(self, x):\n    return x\nNet.forward = forward"], "class Net: pass"),
    "by a decorator": (["import tools", "@tools.add_to(Net)\ndef forward(self, x):\n    return x"], "class Net: pass"),
    "a module": (["nn.Swish = nn.SiLU"], "def f():\n    return nn.Swish()"),
    "a counter": (["calls = 0"], "def f(x):\n    global calls\n    calls += 1\n    return x"),
    "its own name": (["class Net: pass"], "class Net(Net): pass"),
    "a global of a function": (["def set_up():\n    global K\n    K = 3\nset_up()"], "def f():\n    return K"),
    "any name": (["from torch.nn import *"], "class Net(Module): pass"),
    "a module's file": (["%%writefile nets.py\ndef g(): pass"], "from nets import g\ndef f():\n    return g()"),
}


@pytest.mark.parametrize("how", CHANGES)
def test_an_answer_needs_the_cells_that_change_what_it_looks_up(how):
    own, answer = CHANGES[how]
    cells = [new_code_cell(text, id=f"own{at}") for at, text in enumerate(own)]
    cells += [new_code_cell("print(3)", id="a-look"), new_code_cell("losses = []\nlosses.append(3)", id="a-list")]
    cells.insert(1, new_code_cell(answer, id="q1", metadata=meta("q1", solution=True)))
    assert helpers(new_notebook(cells=cells), ["q1"]) == {f"own{at}" for at in range(len(own))}


def test_nothing_is_left_out_of_what_is_not_to_be():
    nb = new_notebook(cells=[new_code_cell("x = 1", id="q1-2-run")])
    assert left_out(nb, []) == frozenset() and left_out(nb, ["q1-9"]) == frozenset()
