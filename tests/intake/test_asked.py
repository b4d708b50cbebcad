"""A cell of the student's own is an answer by the names that the stub leaves open, each of its own kind."""

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output

from coursework.intake.asked import asked, gives
from coursework.intake.repair import repair
from tests.support.course import meta
from tests.support.notebooks import handed_in, skeleton

STUB = """first = None  # a float
second, third = None, []
kept = {"rate": 0.1}

def share(a, b):
    \"\"\"Of right ones.\"\"\"
    raise NotImplementedError("1.4")

class Net(Module):
    def forward(self, x):
        raise NotImplementedError("1.4")

def given(x):
    return x
"""
KINDS = {"first": False, "second": False, "third": False, "share": True, "Net": True}


def test_a_stub_asks_for_what_it_leaves_open():
    assert asked(STUB) == KINDS
    assert asked("first: float = None") == {"first": False}
    assert asked("RATE = 0.1\nNAMES = ['a']\nprint(3)") == {}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("first = 3", {"first"}),
        ("second, third = 3, 4", {"second", "third"}),
        ("first: float = 3\nsecond += 1", {"first", "second"}),
        ("with quiet():\n    first = 3\nif (second := 3):\n    pass", {"first", "second"}),
        ("def share(a, b):\n    return 1", {"share"}),
        ("share = lambda a, b: 1", {"share"}),
        ("share = other\nNet = nn.Linear", {"share"}),  # an attribute may be anything
        ("share = Share()\nNet = lambda: 3 if fast else other", {"share", "Net"}),
        ("def share(a, b):\n    raise NotImplementedError\nfirst = None", set()),
        ("class Net:\n    def forward(self):\n        'All.'\n        raise NotImplementedError", set()),
        ("class Net:\n    size = 3\n    def forward(self):\n        raise NotImplementedError", {"Net"}),
        ("third = []", {"third"}),
        ("share = functools.partial(other, 3)", {"share"}),
        ("@torch.no_grad()\ndef share(a, b):\n    return 1", {"share"}),
        ("def first():\n    return 1", {"first"}),  # None may stand for a function as well
        ("if True:\n    class Net:\n        pass", {"Net"}),
        ("%%time\nfirst = 3", {"first"}),
        ("def share(a, b)\n    return 1\nfirst = 3", {"share", "first"}),  # no Python
        ("for first in range(3):\n    pass", set()),
        ("for share in shares:\n    print(share)", set()),
        ("share = 0.5", set()),
        ("share = share_of(labels, found)", set()),
        ("share, Net = 0.5, 3", set()),
        ("import numpy as share\nfrom torch.nn import Net", set()),
        ("def f():\n    first = 3", set()),
        ("kept = 3\ngiven = abs", set()),
    ],
)
def test_a_text_gives_a_name_of_the_kind_that_is_asked_for(text, names):
    assert set(gives(text, KINDS)) == names


TWO = "low = None\nhigh = None"
SHARE = "def share(a, b):\n    raise NotImplementedError"


def _cell(text):
    """A cell of a text, or of (a text, an output)."""
    return new_code_cell(text) if isinstance(text, str) else new_code_cell(text[0], outputs=[text[1]])


def graded(**texts):
    """What is in the two answers after a repair, in the student's own cells, and what is said for review.

    `above` and `below` are cells around the first question's untouched stub, `end` those below the second one's.
    """
    release, theirs = skeleton(), handed_in()
    for nb in (release, theirs):
        nb.cells += [
            new_markdown_cell("## 1.7", id="q1-7-task"),
            new_code_cell(TWO, id="q1-7-two", metadata=meta("q1-7-two", solution=True)),
            new_code_cell("assert low < high", id="q1-7-two--test", metadata=meta("q1-7-two--test", 1)),
            new_code_cell(SHARE, id="q1-8-share", metadata=meta("q1-8-share", solution=True)),
            new_code_cell("assert share(1, 2) < 1", id="q1-8-share--test", metadata=meta("q1-8-share--test", 1)),
        ]
    place = next(i for i, c in enumerate(theirs.cells) if c.id == "q1-7-two")
    below = [_cell(text) for text in texts.get("below", [])]
    theirs.cells[place : place + 1] = [
        *[new_code_cell(text) for text in texts.get("above", [])], theirs.cells[place], *below
    ]  # fmt: skip
    theirs.cells += [new_code_cell(text) for text in texts.get("end", [])]
    nb, record = repair(nbformat.writes(theirs).encode(), release)
    found = {c.id: c.source for c in nb.cells}
    own = [c.source for c in nb.cells if c.id not in {one.id for one in release.cells}]
    said = {(r.what, r.cell) for r in record.repairs if r.review}
    return found["q1-7-two"], found["q1-8-share"], own, said


def run(text):
    names: dict = {}
    exec(text, names)
    return names


def test_values_in_several_cells_below_come_with_what_they_need():
    two, _, own, said = graded(below=["z = 3", "print(z)", "low = z", "top = 4", "high = low + top"])
    names = run(two)
    assert (names["low"], names["high"]) == (3, 7) and said == {("beside", "q1-7-two")}
    assert own == ["z = 3", "print(z)", "top = 4"]  # they stay: what they show is the student's


def test_values_around_the_answer_are_put_together_in_their_order():
    two, _, own, _ = graded(above=["low = 3"], below=["print(low)", "high = low + 4"])
    assert run(two)["high"] == 7 and own == ["print(low)"]


def test_a_cell_from_above_stays_where_something_on_the_way_needs_it():
    two, _, own, _ = graded(above=["low, high, scale = 1, 2, 3", "print(scale)"])
    assert run(two)["high"] == 2 and own == ["low, high, scale = 1, 2, 3", "print(scale)"]


def test_what_is_missing_is_as_released_and_a_magic_does_not_stop_the_rest():
    two, _, own, said = graded(below=["%%time\nlow = 3"])
    assert run(two)["low"] == 3 and run(two)["high"] is None and not own and said == {("beside", "q1-7-two")}


def test_a_function_brings_the_one_that_it_calls_also_from_below():
    _, share, own, _ = graded(end=["def share(a, b):\n    return part(a) / b", "def part(a):\n    return a / 2"])
    assert run(share)["share"](1, 2) == 0.25 and own == ["def part(a):\n    return a / 2"]


STEPS = {
    "a value that grows": (["low = 3", "low += 4\nhigh = 2 * low"], (7, 14)),
    "a list that is filled": (["low = []", "for i in range(3):\n    low.append(i)", "high = sum(low)"], ([0, 1, 2], 3)),
    "a value of its own": (["low = 3", "low = low + 1", "high = low"], (4, 4)),
    "a draft": (["low, high = 1, 2", "low, high = 3, 4"], (3, 4)),
    "an object that another cell changes": (["low = [1]", "low.append(2)", "high = low[-1]"], ([1, 2], 2)),
    "by another name": (["low = [1]", "same = low\nsame.append(2)", "high = low[-1]"], ([1, 2], 2)),
    "and again": (["low = [1]", "same = low", "high = len(low)", "same.append(2)", "high = low[-1]"], ([1, 2], 2)),
    "by a call": (["low = [1]", "def add(to):\n    to.append(2)", "add(low)", "high = low[-1]"], ([1, 2], 2)),
    "by a function of a global": (
        ["low = []", "def note(k):\n    low.append(k)", "for k in range(3):\n    note(k)", "high = sum(low)"],
        ([0, 1, 2], 3),
    ),
    "a global that a function reads later": (
        ["n = 1", "def f():\n    return n", "n = 5", "low = f()\nhigh = 6"],
        (5, 6),
    ),
    "one that is no answer": (["box = [1]\nlow = box", "box.append(2)", "high = low[-1]"], ([1, 2], 2)),
}


@pytest.mark.parametrize("where", ["above", "below"])
@pytest.mark.parametrize("how", STEPS)
def test_steps_of_an_answer_do_together_what_they_did_one_by_one(how, where):
    cells, (low, high) = STEPS[how]
    two, _, own, _ = graded(**{where: cells})
    own = [text for text in own if not text.startswith("```")]  # an earlier attempt, which is kept as text
    names = run("\n".join([*(own if where == "above" else []), two, *(own if where == "below" else [])]))
    assert (names["low"], names["high"]) == (low, high)


BUILT = {
    "a class in steps": (["class share:\n    pass", "share.__new__ = lambda cls, a, b: a / b"], 0.5),
    "a class of its own": (["class share(tuple): pass", "class share(share):\n    __new__ = lambda cls, a, b: 7"], 7),
    "one around another": (
        ["def share(a, b):\n    return a", "_one = share\ndef share(a, b):\n    return _one(b, a)"],
        2,
    ),
    "then a number": (["def share(a, b):\n    return a / b", "right = 0.9", "share = right"], 0.5),
    "then a stub": (["def share(a, b):\n    return a / b", SHARE], 0.5),
}


@pytest.mark.parametrize("how", BUILT)
def test_a_function_is_built_in_steps_and_a_number_or_a_stub_is_none_of_them(how):
    cells, value = BUILT[how]
    _, share, _, _ = graded(end=cells)
    assert run(share)["share"](1, 2) == value


def test_an_attempt_that_failed_is_no_step_and_hides_none():
    failed = new_output("error", ename="NameError", evalue="oops", traceback=[])
    two, _, _, _ = graded(below=["low = []", "high = 3", ("low = oops", failed), "low.append(3)"])
    assert run(two)["low"] == [3]


def test_an_earlier_attempt_is_kept_as_text_and_cannot_stop_the_last_one():
    two, _, own, _ = graded(below=["low = 3\nhigh = oops", "low, high = 1, 2"])
    assert run(two)["high"] == 2 and own == ["```python\nlow = 3\nhigh = oops\n```"]
    two, _, own, _ = graded(below=["low, size = 3, 4", "low, high = 1, 2"], end=["print(size)"])
    assert run(two)["low"] == 1 and run(two)["size"] == 4 and own == ["print(size)"]  # something else needs it


def test_what_is_done_with_an_answer_further_below_is_no_part_of_it():
    two, _, own, _ = graded(below=["low = [1]", "high = 3"], end=["low.append(share)"])
    assert run(two)["low"] == [1] and own == ["low.append(share)"]


def test_what_reads_what_only_comes_below_is_not_moved_and_a_human_looks():
    two, _, own, said = graded(end=["low = share(1, 2)\nhigh = low\ndef mine(x):\n    return x"])
    assert two == TWO and len(own) == 1 and said == {("shown", "q1-7-two")}


@pytest.mark.parametrize(
    "own", ["share, rest = 0.1, 0.9\nscale = 2", "for share in range(3):\n    print(share)", "share = max([3])"]
)
def test_a_name_of_another_kind_is_no_answer_and_a_human_looks(own):
    _, share, left, said = graded(above=[own])
    assert share == SHARE and left == [own] and said == {("shown", "q1-8-share")}


def test_what_is_typed_below_a_cell_that_works_as_it_is_stays_there():
    nb, released = handed_in(), skeleton()
    for one, text in ((released, ""), (nb, "\n\ndef helper(x):\n    return x")):
        one.cells.insert(
            1, new_code_cell("RATE = 0.1" + text, id="option-rate", metadata=meta("option-rate", solution=True))
        )
    fixed, _ = repair(nbformat.writes(nb).encode(), released)
    assert fixed.cells[1].source == nb.cells[1].source
