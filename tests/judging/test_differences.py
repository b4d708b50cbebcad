"""What a notebook ran on is read from the file, and explains an error only where that is known to differ."""

import json
import platform

import pytest
from nbformat import v4

from coursework.judging.differences import KNOWN, Difference, Versions, differ, explains, here, numbers, said

COLAB = Versions("3.13.15", "2.11.0+cu128", "2.1.3")
GRADER = Versions("3.11.7", "2.14.1+cu130", "2.4.6")


def saved(*lines, **language_info):
    outputs = [v4.new_output("stream", text=line) for line in lines]
    nb = v4.new_notebook(cells=[v4.new_code_cell("print(f'Python {x}, PyTorch {y}, NumPy {z}')", outputs=outputs)])
    nb.metadata.language_info = language_info
    return json.dumps(nb, indent=1).encode()


LINE = "Python 3.13.15, PyTorch 2.11.0+cu128, NumPy 2.1.3, on cuda\n"


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        (saved(LINE, name="python", version="3.12.1"), COLAB),  # what the cell printed
        (saved("Python 3.10.1, PyTorch 2.6.0, NumPy 1.26.4, on cpu\n", LINE), COLAB),  # its last run
        (saved(name="python", codemirror_mode={"name": "ipython", "version": 3}, version="3.12.1"), Versions("3.12.1")),
        (saved(name="python"), Versions()),
        (saved(LINE).replace(b'"nbformat"', b'\xff"nbf'), COLAB),  # damaged
        (b"", Versions()),
    ],
)
def test_what_a_submission_says(payload, expected):
    assert said(payload) == expected


def test_a_difference_concerns_who_is_on_the_other_side():
    assert {(d.package, d.since) for d in differ(COLAB, GRADER)} == {
        ("python", (3, 12)), ("torch", (2, 14)), ("numpy", (2, 4)),
    }  # fmt: skip
    assert ("torch", (2, 7)) in {(d.package, d.since) for d in differ(Versions(torch="2.6.0"), GRADER)}
    assert differ(GRADER, GRADER) == [] and differ(Versions(), GRADER) == []
    assert numbers("2.11.0+cu128") == (2, 11, 0) < numbers("2.14.1")
    assert numbers(here().python) >= (3, 11) and here().torch and here().numpy


@pytest.mark.parametrize(
    ("text", "theirs", "clause"),
    [
        ("SyntaxError (SyntaxError: f-string: unmatched '[')", COLAB, "the student's Python is 3.13.15"),
        ("SyntaxError (SyntaxError: invalid syntax)", Versions("3.11.2"), ""),
        ("SyntaxError (line 2: `for i in range(3)`) (SyntaxError: expected ':')", COLAB, ""),
        ("SyntaxError (line 2: `x = (1,`) (SyntaxError: '(' was never closed)", Versions(), ""),
        ("SyntaxError (line 2: `type Pair = tuple`) (SyntaxError: invalid syntax)", COLAB, "Python is 3.13.15"),
        ("SyntaxError (line 1: `class Box[T]:`) (SyntaxError: invalid syntax)", COLAB, "Python is 3.13.15"),
        ("SyntaxError (line 4: `except A, B:`) (SyntaxError: must be parenthesized)", COLAB, "Python is 3.13.15"),
        ("TypeError (TypeError: only 0-dimensional arrays can be converted to Python scalars)", COLAB, "NumPy 2.4"),
        ("TypeError (TypeError: only 0-dimensional arrays can be converted to Python scalars)", GRADER, ""),
        ("AttributeError (AttributeError: module 'torch.nn' has no attribute 'x')", COLAB, "PyTorch is 2.11.0+cu128"),
        ("AttributeError (AttributeError: module 'torch.nn' has no attribute 'x')", GRADER, ""),
        ("TypeError (TypeError: f() takes 1 positional argument)", COLAB, ""),
    ],
)
def test_an_error_is_explained_by_what_differs(text, theirs, clause):
    found = explains(text, theirs, GRADER)
    assert clause in found if clause else not found


@pytest.mark.parametrize(
    "error", ["SyntaxError (line 1: `def f[T](x):`)", "TypeError: only 0-dimensional arrays can be converted"]
)
def test_where_the_notebook_does_not_say_on_what_it_ran_a_human_looks(error):
    assert "does not say on which it ran" in explains(error, Versions(), GRADER)
    assert not explains("TypeError: f() takes 1 positional argument", Versions(), GRADER)


def test_numpy_and_torch_behave_as_the_table_says():
    import numpy as np
    import torch

    def side(package: str, text: str) -> tuple[Difference, bool]:
        known = next(d for d in KNOWN if d.package == package and text in d.text)
        return known, numbers(getattr(here(), package)) >= known.since

    _, new = side("torch", "clamp")
    x = torch.zeros(1, requires_grad=True)
    x.clamp(min=0).backward()
    assert x.grad.item() == (0 if new else 1)
    _, new = side("torch", "dropout")
    if platform.machine() == "x86_64":
        torch.manual_seed(0)
        kept = (torch.nn.functional.dropout(torch.ones(8)) > 0).int().tolist()
        assert kept == ([0, 0, 1, 0, 0, 0, 1, 1] if new else [1, 0, 0, 1, 1, 0, 0, 1])
    known, new = side("numpy", "float()")
    if new:
        with pytest.raises(TypeError, match=known.error):
            float(np.ones((1, 1)))
    _, new = side("python", "f-strings")
    try:
        compile('f"{x["a"]}"', "cell", "exec")
        assert new
    except SyntaxError:
        assert not new
