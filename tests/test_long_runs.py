"""A long loop that was interrupted goes on from its checkpoint, and ends where an uninterrupted one would."""

import pytest
import torch
from test_references import solved


@pytest.fixture
def hw4(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    found = solved("hw4-backprop", "q6-2-alexnet", "q6-3-epoch", "q6-4-accuracy", "q6-4-recipe", "q6-4-memorize")
    return found.memorize.__globals__  # where the functions look


def test_memorising_goes_on_after_an_interrupt(hw4, capsys):
    recipe = hw4["RECIPES"]["grading"] | {"epochs": 4, "n": 24}
    images, labels = torch.rand(24, 1, 28, 28), torch.arange(24) % 10
    _, whole = hw4["memorize"]("whole", recipe, images, labels)
    plain, calls = hw4["train_one_epoch"], []

    def interrupted(*args):
        calls.append(1)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return plain(*args)

    hw4["train_one_epoch"] = interrupted
    with pytest.raises(KeyboardInterrupt):
        hw4["memorize"]("memo", recipe, images, labels)
    hw4["train_one_epoch"] = plain
    _, resumed = hw4["memorize"]("memo", recipe, images, labels)
    assert "Going on after epoch 2" in capsys.readouterr().out
    assert resumed == whole and len(whole["train_acc"]) == 4
    # Other labels or another recipe are another run: nothing is taken over.
    _, other = hw4["memorize"]("memo", recipe, images, (labels + 1) % 10)
    assert "Going on" not in capsys.readouterr().out and other != whole
