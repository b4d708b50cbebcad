"""Rewrites of right answers mean what the answers mean, and are other programs."""

import ast
import textwrap

import numpy as np
import pytest

from coursework.notebook.definitions import defined
from coursework.proving.rewrites import KINDS, Rewritten, rewritten

CODE = '''
import numpy as np

def scaled(values, by=2.0):
    """Doc."""
    return values * by

def spread(x, scale=1.0):
    low, high = x.min(), x.max()
    parts = [low for low in (low, high)]
    def inner():
        return high - parts[0]
    total = inner() * scale
    return float(total), len(x)

answer = 7
pair = (1, 2.5)
'''
CLASS = """
class Layer:
    def __init__(self, n, m):
        self.b = np.zeros((1, m))
        self.W = np.ones((n, m))
        self.size = self.W.size
        self.both = (self.W, self.b)

    def forward(self, X):
        kept = X @ self.W
        return kept + self.b
"""


def run(found: Rewritten) -> dict:
    space: dict = {"np": np}
    exec(found.own, space)
    exec(found.answer.removeprefix("%%time\n"), space)
    return space


@pytest.mark.parametrize("salt", ["", "# one\n", "# two\n", "# three\n", "# four\n"])
def test_functions_and_numbers_stay_what_they_are(salt):
    source = salt + CODE
    found = rewritten(source, {"spread", "answer", "pair"}, numpy_only=True)
    assert found and {"renamed", "numbers", "scratch", "timed"} <= set(found.kinds) <= set(KINDS)
    assert found.answer.startswith("%%time\n") and "spread" in defined(found.answer)
    assert "def scaled" in found.own and "low_mine" not in source
    space = run(found)
    got = space["spread"](np.array([1.0, 4.0]), scale=2.0)
    assert got == [6.0, 2] and type(got[0]) is np.float64
    assert space["answer"] == 7 and type(space["answer"]) is np.int64 and space["pair"] == [1, 2.5]
    assert (space["scaled"](np.ones(2)) == 2).all()


def test_tensors_take_turns_with_numbers():
    kinds = [rewritten(f"# {n}\nanswer = 3", {"answer"}).kinds for n in range(12)]  # type: ignore[union-attr]
    assert {"numbers"} <= {k for found in kinds for k in found} and {"tensors"} <= {k for found in kinds for k in found}
    assert not any({"numbers", "tensors"} <= set(found) for found in kinds)
    assert rewritten("# 1\nanswer = 3", {"answer"}) == rewritten("# 1\nanswer = 3", {"answer"})


def test_a_class_inherits_and_its_fields_come_in_another_order():
    found = rewritten(CLASS, {"Layer"}, numpy_only=True)
    assert found and {"order", "subclass", "in place"} <= set(found.kinds)
    assert found.own.index("self.W = ") < found.own.index("self.b = ") < found.own.index("self.size = ")
    layer = run(found)["Layer"](3, 2)
    assert type(layer).__mro__[1].__name__ == "LayerInACellOfItsOwn"
    assert (layer.forward(np.ones((4, 3))) == 3).all() and layer.both[0] is layer.W


def test_a_field_that_a_property_sets_stays_where_it_is():
    source = "class Layer:\n    def __init__(self):\n        self.kept = {}\n        self.W = 1\n        self.n = 2\n\n"
    source += "    W = property(lambda self: self.kept['W'], lambda self, value: self.kept.update(W=value))\n"
    found = rewritten(source, {"Layer"}, numpy_only=True)
    assert found and "order" not in found.kinds and run(found)["Layer"]().W == 1


def test_networks_are_lazy_or_begin_with_zeros():
    source = "# {}\ndef make():\n    return torch.nn.Sequential(torch.nn.Linear(3, 4), torch.nn.Linear(4, 2))\n"
    found = [rewritten(source.format(n), {"make"}) for n in range(8)]
    assert {"lazy" in f.kinds for f in found if f} == {True, False}
    for one in found:
        assert one and ("lazy" in one.kinds) != ("zeros" in one.kinds)
        assert ("LazyLinear(4)" in one.own + one.answer) == ("lazy" in one.kinds)
    apart = rewritten(source.format(0), {"make"}, without=KINDS)
    assert apart is None
    for norm in ("weight_norm", "torch.nn.utils.parametrizations.weight_norm"):  # it needs a weight with a shape
        normed = source.replace("torch.nn.Linear(3, 4)", f"{norm}(torch.nn.Linear(3, 4))")
        assert not any("lazy" in f.kinds for n in range(8) if (f := rewritten(normed.format(n), {"make"})))


@pytest.mark.parametrize(
    "source, name",
    [
        ("def f(x):\n    global seen\n    seen = x\n    return seen\n", "seen"),
        ("def f(x):\n    a = 1\n    def g():\n        nonlocal a\n        a = 2\n    g()\n    return a\n", "a"),
        ("def f(x):\n    y = x\n    return [y for y in (1, 2)] + [eval('y')]\n", "y"),
        ("def f(x):\n    import math as m\n    if x is None:\n        m = x\n    return 3\n", "m"),
    ],
)  # fmt: skip
def test_what_another_scope_shares_keeps_its_name(source, name):
    found = rewritten(source, {"f"}, without=[k for k in KINDS if k != "renamed"])
    assert found is None or f"{name}_mine" not in found.answer
    if found:
        before: dict = {}
        after: dict = {}
        exec(source, before)
        exec(found.answer, after)
        assert before["f"](1) == after["f"](1)


def test_what_is_no_plain_python_is_left_alone():
    assert rewritten("%%time\ndef f(x):\n    return x\n", {"f"}) is None
    generator = textwrap.dedent("""
        def f(n):
            for k in range(n):
                yield k
    """)
    found = rewritten(generator, {"f"})
    assert found and "scratch" not in found.kinds and ast.parse(found.answer.removeprefix("%%time\n"))
