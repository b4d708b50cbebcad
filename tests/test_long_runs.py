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


def test_fitting_goes_on_after_an_interrupt(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    names = solved("hw5-cnn", "q4-1-epoch", "q4-1-evaluate").fit.__globals__
    generator = torch.Generator().manual_seed(3)
    x, y = torch.randn(40, 6, generator=generator), torch.randint(0, 3, (40,), generator=generator)
    data, recipe = (x[:30], y[:30], x[30:], y[30:]), {"epochs": 4, "batch_size": 8}

    def optimizer(model, steps):
        found = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
        return found, torch.optim.lr_scheduler.OneCycleLR(found, 0.3, total_steps=steps)

    def fit(name):
        torch.manual_seed(0)
        layers = torch.nn.Linear(6, 8), torch.nn.BatchNorm1d(8), torch.nn.Dropout(0.5), torch.nn.Linear(8, 3)
        model = torch.nn.Sequential(*layers).to(names["device"])
        return names["fit"](name, model, data, recipe, optimizer), model.cpu().state_dict()

    whole, weights = fit("whole")
    plain, calls = names["train_epoch"], []

    def interrupted(*args):
        calls.append(1)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return plain(*args)

    names["train_epoch"] = interrupted
    with pytest.raises(KeyboardInterrupt):
        fit("again")
    names["train_epoch"] = plain
    resumed, others = fit("again")
    assert "Going on after epoch 2" in capsys.readouterr().out
    assert resumed == whole and len(whole["val_acc"]) == 4
    assert all(torch.equal(value, others[name]) for name, value in weights.items())
