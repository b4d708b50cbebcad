"""One call of a student's function tells what its contract's clauses need, each clause in a probe of its own."""

import collections
import sys
import warnings
from typing import NamedTuple

import numpy as np
import pytest
import torch
from nbformat import v4
from torch import nn

from coursework.core.probes import Probe
from coursework.judging.judge import judge_cell
from coursework.notebook import calls as calls_of
from coursework.notebook import checks as check
from coursework.notebook import switches
from coursework.notebook.wire import PROBE_MIME


def emitted(monkeypatch, hidden):
    """What the hidden part of a test emits, as the outputs of its cell."""
    import IPython.display

    seen = []
    monkeypatch.setenv("COURSEWORK_GRADER", "1")
    monkeypatch.setattr(IPython.display, "display", lambda data, raw: seen.append(data))
    hidden()
    return seen


def broken(monkeypatch, right, answer, *args, **options):
    """Clause → message of what an answer breaks where the reference is `right`."""
    references, outputs = (
        emitted(monkeypatch, lambda f=f: check.call("f", f, *(args or arguments()), said="on a row", **options))
        for f in (right, answer)
    )
    return verdict([r[PROBE_MIME] for r in references], outputs)


def verdict(references, outputs):
    about = {"grade_id": "q1-1-a--b", "grade": True, "solution": False, "locked": True, "points": 1}
    shown = [v4.new_output("display_data", data) for data in outputs]
    cell = v4.new_code_cell("", id="q1-1-a--b", metadata={"nbgrader": about}, outputs=shown)
    checks = judge_cell(cell, [Probe.model_validate(r) for r in references], "", []).checks
    assert len(checks) == len(references)
    return {f.clause: f.message for f in checks if f.fraction < 1}


def arguments():
    return np.arange(6.0).reshape(2, 3), torch.ones(3)


def right(x, t):
    return 2 * x, t + 1


class Two(NamedTuple):
    first: np.ndarray
    second: torch.Tensor


class Forged(tuple):
    """Looks like another pair to whoever asks it."""

    __slots__ = ()

    def __iter__(self):
        return iter(right(*arguments()))


def test_a_right_answer_in_another_way_breaks_nothing(monkeypatch):
    assert broken(monkeypatch, right, lambda x, t: [x + x, 1 + t.clone()]) == {}
    assert broken(monkeypatch, right, lambda x, t: Two(x + x, 1 + t), types_too=True) == {}
    assert broken(monkeypatch, right, lambda x, t: Two(x, 1 + t)).keys() == {"value", "fresh"}
    assert broken(monkeypatch, right, lambda x, t: Forged((x + 1, t + 1))).keys() == {"value"}
    named = lambda x, t: collections.OrderedDict(b=t + 1, a=2 * x)  # noqa: E731
    assert broken(monkeypatch, lambda x, t: {"a": 2 * x, "b": t + 1}, named) == {}


def changes(x, t):
    result = 2 * x, t + 1
    x *= 2
    return result


calls = []


def first_is_right(x, t):
    calls.append(1)
    return 2 * x + (len(calls) - 1), t + 1


def gradients_off(x, t):
    torch.set_grad_enabled(False)
    return 2 * x, t + 1


def rounds(x, t):
    torch.set_default_dtype(torch.float64)
    return 2 * x, t + 1


def flags(x, t):
    return 2 * x, t.requires_grad_(True).detach() + 1


@pytest.mark.parametrize(
    ("answer", "clause", "says"),
    [
        (lambda x, t: (2 * x, t + 2), "value", "value 2 of 2"),
        (changes, "arguments", "it changes what it was given (argument 1)."),
        (first_is_right, "again", "a second call with the same arguments gives another result."),
        (gradients_off, "model", "it does not leave things as they were (gradients)."),
        (rounds, "model", "(PyTorch's default dtype)."),
        (flags, "model", "(requires_grad)."),
    ],
)
def test_each_clause_is_broken_alone(monkeypatch, answer, clause, says):
    calls.clear()
    found = broken(monkeypatch, right, answer)
    assert list(found) == [clause] and found[clause].endswith(says if clause != "value" else "tolerance 1e-05.")
    assert found[clause].startswith("f (on a row): ")
    assert torch.is_grad_enabled() and torch.get_default_dtype() == torch.float32


def test_what_shares_memory_with_what(monkeypatch):
    def copies(x):
        return x.copy(), x[0].copy()

    two = (np.ones((2, 3)),)
    assert broken(monkeypatch, copies, lambda x: (x[:], x[0].copy()), *two)["fresh"].endswith(
        "its results share memory with arguments, so that changing one changes the other."
    )
    again = lambda x: (y := x.copy(), y[0])  # noqa: E731
    assert "with each other" in broken(monkeypatch, copies, again, *two)["fresh"]
    assert broken(monkeypatch, lambda x: (x, x[0]), copies, *two) == {}  # what the reference shares need not be copied
    apart = lambda x: tuple(np.concatenate([x, x[:1]])[i] for i in (slice(0, 2), 2))  # noqa: E731
    assert broken(monkeypatch, copies, apart, *two) == {}  # of one array, but no entry in common
    tensors = (torch.ones(3),)
    assert broken(monkeypatch, lambda t: t.clone(), lambda t: t.numpy(), *tensors, without=["model"]).keys() == {
        "fresh"
    }
    assert broken(monkeypatch, copies, again, *two, without=["fresh"]) == {}


def test_a_network_among_the_arguments(monkeypatch):
    def network():
        torch.manual_seed(3)
        return nn.Sequential(nn.Linear(3, 4), nn.BatchNorm1d(4), nn.Dropout(0.5))

    def evaluate(model, x):
        was = model.training
        model.eval()
        with torch.no_grad():
            result = model(x)
        model.train(was)
        return result

    def stays(model, x):
        return evaluate(model.eval(), x)

    def freezes(model, x):
        return evaluate(model.requires_grad_(False), x)

    def moves(model, x):
        result = evaluate(model, x)
        model.train()(x)
        return result

    rows = torch.randn(5, 3)
    for answer, part in ((stays, "training mode"), (freezes, "requires_grad"), (moves, "its numbers")):
        found = broken(monkeypatch, evaluate, answer, network(), rows)
        assert list(found) == ["model"] and f"({part})" in found["model"]
    for answer, part in ((stays, "mode"), (freezes, "requires_grad"), (moves, "parameters")):
        assert broken(monkeypatch, evaluate, answer, network(), rows, without=[part]) == {}
    lazy = nn.Sequential(nn.LazyLinear(4))
    assert broken(monkeypatch, lambda m, x: tuple(m(x).shape), lambda m, x: (5, 4), lazy, rows) == {}


def test_both_calls_draw_the_same_numbers_and_get_arguments_of_their_own(monkeypatch):
    def draws(x, t):
        return x + np.random.rand(), t + torch.rand(3)

    assert broken(monkeypatch, draws, draws) == {}

    def trains(model, x):
        with torch.no_grad():
            model.weight += 1
        return model(x)

    model = nn.Linear(2, 1)
    kept = model.weight.detach().clone()
    outputs = emitted(monkeypatch, lambda: check.call("t", trains, model, torch.ones(3, 2)))
    assert verdict([o[PROBE_MIME] for o in outputs], outputs) == {}
    assert torch.equal(model.weight, kept + 1)  # once: the second call had a copy
    drawn = (lambda g: torch.rand(2, generator=g),) * 2
    assert broken(monkeypatch, *drawn, make=lambda: (torch.Generator().manual_seed(1),)) == {}
    outputs = emitted(monkeypatch, lambda: check.call("g", drawn[0], torch.Generator().manual_seed(1)))
    assert outputs[0][PROBE_MIME]["value"] == outputs[-1][PROBE_MIME]["value"]  # again, with a copy
    made = broken(monkeypatch, lambda i: sum(i), lambda i: sum(i), make=lambda: (iter([1, 2]),))
    assert made == {}


def test_what_is_raised_is_a_value_like_others(monkeypatch):
    def strict(x, t):
        raise ValueError("too long")

    assert broken(monkeypatch, strict, strict) == {}
    assert list(broken(monkeypatch, strict, right)) == ["value"]
    found = broken(monkeypatch, right, strict)
    assert found == {"value": "f (on a row): your code raised ValueError."}

    def cannot():
        raise KeyError("W")

    found = verdict(
        [r[PROBE_MIME] for r in emitted(monkeypatch, lambda: check.call("f", abs, make=lambda: (3,)))],
        emitted(monkeypatch, lambda: check.call("f", abs, make=cannot)),
    )
    assert "KeyError" in found["value"]


def test_objects_become_values_and_types_are_asked_for(monkeypatch):
    class Pair:
        def __init__(self, a):
            self.a = a

    look = {"pick": lambda pair: [pair.a], "types_too": True}
    one = (np.ones(3),)
    assert broken(monkeypatch, lambda x: Pair(2 * x), lambda x: Pair(x + x), *one, **look) == {}
    assert list(
        broken(monkeypatch, lambda x: Pair(2 * x), lambda x: Pair((x + x).astype(np.float32)), *one, **look)
    ) == ["type"]
    assert list(broken(monkeypatch, lambda x: Pair(2 * x), lambda x: Pair(x), *one, **look)) == ["value", "fresh"]
    number = {"types_too": True}
    assert broken(monkeypatch, lambda x: 1.0, lambda x: np.float32(1), *one, **number) == {}


def test_large_arguments_are_counted_and_unknown_clauses_refused(monkeypatch):
    large = (np.zeros(70_000),)
    assert broken(monkeypatch, lambda x: x.sum(), lambda x: (x.sum(), x.fill(1))[0], *large)["arguments"]
    outputs = emitted(monkeypatch, lambda: check.call("f", lambda x: x.sum(), *large))
    assert len(str(outputs)) < 5000
    with pytest.raises(ValueError, match="no clause 'argument'"):
        check.call("f", abs, 3, without=["argument"])
    monkeypatch.delenv("COURSEWORK_GRADER")
    with pytest.raises(RuntimeError, match="coursework autograde"):
        check.call("f", abs, 3)


CELL = """
def whole(x):
    return x * 2

def rows(x):
    return np.stack([2 * row for row in x])

def per_entry(x):
    return np.vectorize(lambda v: 2 * v)(x)

def chunks(x):
    return np.concatenate([2 * x[i : i + 100] for i in range(0, len(x), 100)])
"""


def late(trace, entered):
    """`trace` as Python 3.13 has it: code that is entered for the first time has no events yet."""

    def called(frame, event, arg):
        inside = trace(frame, event, arg)
        if inside and frame.f_code not in entered:
            entered.add(frame.f_code)
            frame.f_trace_opcodes = False
        return inside

    return called


@pytest.mark.parametrize("python", ["3.11", "3.13"])
def test_a_loop_over_samples_takes_more_steps(monkeypatch, python):
    cell = {"np": np}
    exec(compile(CELL, "/tmp/ipykernel_1/2.py", "exec"), cell)
    if python == "3.13":
        own, entered = sys.settrace, set()
        monkeypatch.setattr(sys, "settrace", lambda trace: own(trace and late(trace, entered)))

    def looked(name):
        return emitted(monkeypatch, lambda: check.steps("f", cell[name], lambda n: (np.ones((n, 3)),)))

    reference = [o[PROBE_MIME] for o in looked("whole")]
    assert verdict(reference, looked("whole")) == {} == verdict(reference, looked("chunks"))
    for name in ("rows", "per_entry"):
        assert verdict(reference, looked(name)) == {
            "loop": "f: its steps grow with the number of samples: it loops over them."
        }
    assert sys.gettrace() is None or "coverage" in str(sys.gettrace())


def test_switches_are_read_named_and_put_back(tmp_path, monkeypatch):
    state = switches.read()
    monkeypatch.chdir(tmp_path)
    np.seterr(all="raise")
    warnings.simplefilter("ignore")
    warnings.filterwarnings("error")
    torch.set_default_dtype(torch.float64)
    torch.use_deterministic_algorithms(True)
    sys.path.append("/somewhere")
    found = switches.put_back(state)
    turned = ["the working folder", "NumPy's error state", "warnings as errors"]
    assert found == [*turned, "PyTorch's default dtype", "deterministic algorithms"]
    assert switches.turned(state) == [] and torch.get_default_dtype() == torch.float32 and sys.path[-1] == "/somewhere"
    sys.path.remove("/somewhere")


def test_a_switch_that_was_turned_before_the_call_is_seen(monkeypatch):
    """The visible part of a test calls the answer first: what it turns there is not how things were."""
    monkeypatch.setattr(calls_of, "LEFT", switches.read())
    before = switches.read()

    def answer(x, t):
        torch.set_grad_enabled(False)
        return 2 * x, t + 1

    answer(*arguments())
    assert list(broken(monkeypatch, right, answer)) == []  # the reference was called under it, too: no one's fault
    switches.put_back(before)
    reference = emitted(monkeypatch, lambda: check.call("f", right, *arguments(), said="on a row"))
    answer(*arguments())
    turned = emitted(monkeypatch, lambda: check.call("f", answer, *arguments(), said="on a row"))
    switches.put_back(before)
    found = verdict([r[PROBE_MIME] for r in reference], turned)
    assert list(found) == ["model"] and found["model"].endswith("(gradients).")
