"""The visible checks speak in the ladder's words; probes emit and never decide."""

import json

import numpy as np
import pytest
import torch

from coursework.core.course import StaffError
from coursework.judging.inline import bundle, inline
from coursework.judging.values import decode
from coursework.notebook import checks as check
from coursework.notebook.wire import PROBE_MIME


def rung(call, *args, **kwargs):
    with pytest.raises(check.CheckFailed) as caught:
        call(*args, **kwargs)
    assert "\n" not in str(caught.value)
    return caught.value.rung


def test_exists_tells_missing_from_wrong_kind():
    assert check.exists("a", lambda: 3, int) == 3
    assert check.exists("a", lambda: (3, 4), (int, int)) == (3, 4)
    assert check.exists("a", np.int64(3), int) == 3
    assert check.exists("a", torch.tensor(0.5), [int, float]) == 0.5
    assert check.exists("a", torch.tensor(0.5), torch.Tensor) == 0.5
    assert rung(check.exists, "a", lambda: undefined_name, int) == 2  # noqa: F821
    assert rung(check.exists, "a", None, int) == 2
    assert rung(check.exists, "a", "3", int) == 5
    assert rung(check.exists, "a", True, int) == 5
    assert rung(check.exists, "a", (1, 2, 3), (int, int)) == 5
    assert rung(check.exists, "a", float("nan"), float) == 6


def test_exists_says_whether_an_answer_or_a_result_is_missing(monkeypatch):
    def says(name, got, kind, said=""):
        with pytest.raises(check.CheckFailed) as caught:
            check.exists(name, got, kind, said)
        return str(caught.value).removeprefix(f"{name}")

    put, returned = ": still None. Put your answer there.", ": got None. Does your function return its result?"
    monkeypatch.setitem(globals(), "area", lambda: None)
    monkeypatch.setitem(globals(), "ans_1", None)
    assert says("ans_1", lambda: ans_1, float) == put  # noqa: F821
    assert says("ans_1", lambda: (1, None), (int, int)) == "[1]" + put
    assert says("area", lambda: area(), float) == returned  # noqa: F821
    assert says("area(3)", lambda: None, float) == returned
    assert says("its area", lambda: None, float, "called with 3") == f" (called with 3){returned}"
    assert says("area", lambda: (1, area()), (int, object)) == "[1]" + returned  # noqa: F821


def test_exists_names_each_kind_of_a_tuple():
    numbers = [float, np.ndarray]
    assert check.exists("a", (0.5, np.ones(2)), (numbers, object))
    with pytest.raises(check.CheckFailed, match=r"expected a tuple \(float or ndarray, any\), got list of 1 values"):
        check.exists("a", [0.5], (numbers, object))
    with pytest.raises(check.CheckFailed, match=r"a\[0\]: expected float or ndarray, got str"):
        check.exists("a", ("x", 1), (numbers, object))


def test_a_raising_answer_becomes_a_sentence():
    def broken():
        raise ZeroDivisionError("by zero")

    with pytest.raises(
        check.CheckFailed, match=r"f: your code raised ZeroDivisionError while it was called with 3: by zero"
    ):
        check.like("f", lambda: broken(), said="called with 3")
    assert rung(check.like, "f", broken) == 3

    def stub():
        raise NotImplementedError("2.1: the forward pass")

    with pytest.raises(check.CheckFailed, match=r"not answered yet \(2.1: the forward pass\)"):
        check.like("f", stub)


@pytest.mark.parametrize("make", [np.zeros, torch.zeros])
def test_like_checks_the_contract(make):
    check.like("f", make((3, 2)), (3, None), "float")
    assert rung(check.like, "f", make((3, 2)), (2, 3)) == 5
    assert rung(check.like, "f", make((3, 2)), (3, 2), "int") == 5
    assert rung(check.like, "f", make((3, 2)) / 0 * 0 if make is torch.zeros else make((1,)) * np.nan) == 6
    assert rung(check.like, "f", None) == 2
    assert rung(check.like, "f", "text") == 5
    assert rung(check.like, "f", torch.eye(2).to_sparse()) == rung(check.like, "f", torch.ones(2, device="meta")) == 5


def test_close_tells_the_size_of_the_error_not_the_value():
    check.close("f", np.array([1.0, 2.0]), lambda: torch.tensor([1.0, 2.0]))
    with pytest.raises(check.CheckFailed) as caught:
        check.close("f", np.array([1.0, 2.5]), np.array([1.0, 2.0]))
    assert caught.value.rung == 10 and "2.5e-01" in str(caught.value)

    def unwell():
        raise RuntimeError("no oracle")

    assert rung(check.close, "f", np.zeros(2), unwell) == 1


def test_gradient_uses_the_students_own_forward():
    x = np.array([[0.3, -1.2, 2.0]])
    up = np.array([[1.5, -0.5, 2.0]])
    check.gradient("f", lambda: 3 * x**2 * up, lambda v: v**3, x, up)
    assert rung(check.gradient, "f", lambda: 3 * x**2, lambda v: v**3, x, up) == 8
    point = torch.tensor([0.5, 0.25], dtype=torch.float64)
    check.gradient("f", lambda: 2 * point, lambda v: (v**2).sum(), point)


def test_a_law_is_named():
    check.law("f", lambda: True, "rows must sum to 1")
    with pytest.raises(check.CheckFailed, match="f: rows must sum to 1"):
        check.law("f", np.bool_(False), "rows must sum to 1")


def test_a_probe_never_passes_without_the_grader(monkeypatch):
    monkeypatch.delenv("COURSEWORK_GRADER", raising=False)
    with pytest.raises(RuntimeError, match="coursework autograde"):
        check.probe("f", lambda: 3)


def emitted(monkeypatch, got, **rules):
    import IPython.display

    seen = []
    monkeypatch.setenv("COURSEWORK_GRADER", "1")
    monkeypatch.setattr(IPython.display, "display", lambda data, raw: seen.append(data[PROBE_MIME]))
    check.probe("f", got, **rules)
    json.dumps(seen[0])
    return seen[0]


class EqualsEverything(float):
    def __eq__(self, other):
        return True

    __hash__ = float.__hash__


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (3, "array"),
        (True, "array"),
        (np.float32(0.5), "array"),
        (torch.arange(6).reshape(2, 3), "array"),
        (torch.nn.Parameter(torch.ones(2)), "array"),
        (np.asfortranarray(np.arange(6.0).reshape(2, 3)), "array"),
        ((1, torch.ones(2)), "list"),
        ({"a": 1}, "dict"),
        (None, "none"),
        ("text", "text"),
        (EqualsEverything(3), "other"),
        (np.zeros(70_000), "other"),
        (torch.eye(2).to_sparse(), "other"),
        (torch.ones(2, device="meta"), "other"),
        (object(), "other"),
    ],
)
def test_values_on_the_wire(monkeypatch, value, kind):
    record = emitted(monkeypatch, value)
    assert record["value"]["kind"] == kind
    if kind == "array":
        assert np.array_equal(decode(record["value"]), value.detach() if isinstance(value, torch.Tensor) else value)


def test_a_probe_emits_what_was_raised_and_its_law(monkeypatch):
    def broken():
        raise KeyError("x")

    record = emitted(monkeypatch, broken, bands=[(0.75, 1), (0.7, 0.5)], said="called with 3")
    assert record["value"] == {"kind": "raised", "type": "KeyError", "message": "'x'"}
    assert record["rules"] == {"bands": [[0.75, 1.0], [0.7, 0.5]]} and record["said"] == "called with 3"


def test_only_what_is_used_is_inlined():
    text = inline("from coursework.notebook import checks as check  # inlined\nx = 1", "check.law('a', True, 'b')")
    scope: dict = {}
    exec(compile(text, "cell", "exec"), scope)
    scope["check"].law("a", True, "b")
    assert not hasattr(scope["check"], "probe") and "def probe" not in text and "def gradient" not in text
    with pytest.raises(Exception, match="a: b"):
        scope["check"].law("a", False, "b")


def test_all_of_it_stands_alone_without_the_package(monkeypatch):
    text = bundle("coursework.notebook.checks", "check", set(check.__all__))
    assert "import coursework" not in text and "from coursework" not in text
    scope: dict = {}
    exec(compile(text, "cell", "exec"), scope)
    assert scope["check"].exists("a", 3, int) == 3


def test_an_unknown_check_is_named():
    with pytest.raises(StaffError, match=r"check\.nonsense"):
        inline("from coursework.notebook import checks as check  # inlined", "check.nonsense('a')")
