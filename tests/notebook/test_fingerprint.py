"""The mark of a kept run changes with what the run did, and only with that."""

import subprocess
import sys
from pathlib import Path

import pytest

from coursework.notebook import fingerprint

CODE = """
import torch
from torch import nn
RATE = 0.1
def half(x):
    return x / 2
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(3, 2)
    def forward(self, x):
        return half(torch.relu(self.layer(x)))
def optimizer(model, steps=3):
    found = torch.optim.SGD(model.parameters(), lr=RATE)
    return found, (lambda i: i + RATE) if steps in {"a", "b", "c"} else None
network = Net()
"""


def mark(code=CODE):
    names = {"__name__": "__main__"}
    exec(code, names)
    return fingerprint.mark(names["network"], names["optimizer"], {"epochs": 8})


def test_the_same_code_has_the_same_mark():
    """Also with other weights, and after other runs in between."""
    assert mark() == mark()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("RATE = 0.1", "RATE = 0.2"),
        ("x / 2", "x / 4"),
        ("torch.relu", "torch.tanh"),
        ("nn.Linear(3, 2)", "nn.Linear(3, 2, bias=False)"),
        ("nn.Linear(3, 2)", "nn.Sequential(nn.Linear(3, 2), nn.Dropout(0.5))"),
        ("lr=RATE", "lr=RATE, momentum=0.9"),
        ("steps=3", "steps=4"),
        ("i + RATE", "i - RATE"),
        ('"a", "b"', '"a", "d"'),
    ],
)
def test_an_edit_changes_the_mark(old, new):
    assert old in CODE and mark(CODE.replace(old, new)) != mark()


def test_names_that_do_not_matter():
    assert mark(CODE + "\nOTHER = 5\ndef unused():\n    return OTHER\n") == mark()


def test_a_new_session_has_the_same_mark():
    """Sets and hashes are ordered otherwise in every process."""
    begin = "from coursework.notebook import fingerprint"
    program = f"{begin}\n{CODE}\nprint(fingerprint.mark(network, optimizer, {{'epochs': 8}}))"
    src = str(Path(fingerprint.__file__).parents[2])
    found = {
        subprocess.run(
            [sys.executable, "-c", program], env={"PYTHONPATH": src, "PYTHONHASHSEED": seed}, text=True,
            capture_output=True, check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }  # fmt: skip
    assert len(found) == 1


def test_what_a_function_was_made_with():
    def scaled(factor):
        return lambda x: x * factor

    assert fingerprint.mark(scaled(2)) == fingerprint.mark(scaled(2)) != fingerprint.mark(scaled(3))


def test_functions_that_call_each_other():
    names: dict = {"__name__": "__main__"}
    exec("def a(n):\n    return b(n)\ndef b(n):\n    return a(n - 1) if n else 0\n", names)
    assert fingerprint.mark(names["a"]) != fingerprint.mark(names["b"])
