"""A long loop that was interrupted goes on from its checkpoint, and ends where an uninterrupted one would."""

from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
import torch
from torch.utils.data import DataLoader, TensorDataset

from coursework.judging.reference import notebook
from coursework.notebook import fingerprint
from tests.support.solutions import COURSE, solved


@contextmanager
def interrupted(names, function, at):
    """`names[function]` is interrupted in its call number `at`, as by a lost connection."""
    plain, calls = names[function], []

    def breaks(*args, **more):
        calls.append(1)
        if len(calls) == at:
            raise KeyboardInterrupt
        return plain(*args, **more)

    names[function] = breaks
    yield
    names[function] = plain


@pytest.fixture
def hw4(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    cells = (
        "q6-2-alexnet",
        "q6-3-epoch",
        "q6-4-accuracy",
        "q6-4-recipe",
        "q6-4-network",
        "q6-4-schedule",
        "q6-4-kept",
        "q6-4-memorize",
    )
    found = solved("hw4-backprop", *cells)
    return found.memorize.__globals__  # where the functions look


def test_memorising_goes_on_after_an_interrupt(hw4, capsys):
    recipe = hw4["RECIPES"]["grading"] | {"epochs": 4, "n": 24, "first": 24}
    images, labels = torch.rand(24, 1, 28, 28), torch.arange(24) % 10
    _, whole = hw4["memorize"]("whole", recipe, images, labels)
    with interrupted(hw4, "training_accuracy", 3), pytest.raises(KeyboardInterrupt):
        hw4["memorize"]("memo", recipe, images, labels)
    _, resumed = hw4["memorize"]("memo", recipe, images, labels)
    assert "Going on after epoch 2" in capsys.readouterr().out
    assert resumed == whole and len(whole["train_acc"]) == 4
    # More epochs are the same run: it is prolonged from where it ended.
    _, longer = hw4["memorize"]("memo", recipe | {"epochs": 5}, images, labels)
    assert "Going on after epoch 4" in capsys.readouterr().out
    assert len(longer["train_acc"]) == 5 and longer["train_loss"][:4] == whole["train_loss"]
    # Other labels, another recipe or other code are another run: nothing is taken over.
    _, other = hw4["memorize"]("memo", recipe, images, (labels + 1) % 10)
    assert "Going on" not in capsys.readouterr().out and other != whole
    plain = hw4["train_one_epoch"]
    hw4["train_one_epoch"] = lambda *args: plain(*args)
    hw4["memorize"]("whole", recipe, images, labels)
    assert "Going on" not in capsys.readouterr().out


def test_the_set_of_images_doubles_when_it_is_known(hw4):
    """From `first` to `n`; a run ends only when nearly all labels of the whole set are known."""
    recipe, known = {"first": 8, "n": 24}, []

    def sizes(accuracies):
        history = {"size": [], "train_acc": []}
        for accuracy in accuracies:
            history["size"].append(hw4["next_size"](history, recipe))
            history["train_acc"].append(accuracy)
        return [*history["size"], hw4["next_size"](history, recipe)]

    assert sizes(known) == [8]
    assert sizes([0.2, 0.79, 0.8, 0.7, 0.95, 0.9, 0.98]) == [8, 8, 8, 16, 16, 24, 24, 24]
    assert sizes([1.0, 1.0, 0.991]) == [8, 16, 24, 0]


def test_the_rate_falls_when_the_whole_set_brings_no_new_best(hw4):
    """Two epochs without one: a third, twice at most. What the smaller sets bring does not count."""
    recipe, accuracies = {"n": 24, "lr": 0.9}, [0.9, 0.5, 0.4, 0.4, 0.7, 0.6, 0.7, 0.8, 0.75, 0.7, 0.6, 0.6]
    sizes = [12, 12, 12, *[24] * 9]
    rates = [hw4["next_rate"]({"size": sizes[:k], "train_acc": accuracies[:k]}, recipe) for k in range(13)]
    assert rates == pytest.approx([0.9] * 7 + [0.3] * 3 + [0.1] * 3)


def test_the_weights_survive_8_bits(hw4):
    """They come back within half a step of the scale of each output, and a plain state dict is taken, too."""
    torch.manual_seed(0)
    model = hw4["AlexNet"](width=0.125)
    small = hw4["packed"](model)
    back = hw4["unpacked"](small)
    assert sum(v.nbytes for v in small.values()) < 0.28 * sum(p.nbytes for p in model.parameters())
    for name, p in model.state_dict().items():
        step = p.abs().flatten(1).amax(1) / 127 if p.ndim > 1 else torch.zeros(len(p))
        assert (
            (back[name] - p).abs().flatten(1 if p.ndim > 1 else 0).reshape(len(p), -1).amax(1) <= step * 0.501
        ).all()
    assert all(
        torch.equal(v, p)
        for v, p in zip(hw4["unpacked"](model.state_dict()).values(), model.state_dict().values(), strict=True)
    )


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
    with interrupted(names, "batches_of", 8), pytest.raises(KeyboardInterrupt):  # three calls an epoch
        fit("again")
    resumed, others = fit("again")
    assert "Going on after epoch 2" in capsys.readouterr().out
    assert resumed == whole and len(whole["val_acc"]) == 4
    assert all(torch.equal(value, others[name]) for name, value in weights.items())
    # A network that was corrected and trained again is not the old one, nor is another optimizer's.
    capsys.readouterr()

    def changed(batch):
        return batch.flip(1)

    torch.manual_seed(0)
    names["fit"]("again", torch.nn.Linear(6, 3), data, recipe, optimizer)
    names["fit"]("again", torch.nn.Linear(6, 3), data, recipe, optimizer, changed)
    names["fit"]("again", torch.nn.Linear(6, 3), data, recipe, lambda model, steps: optimizer(model, steps), changed)
    assert "Going on" not in capsys.readouterr().out
    names["fit"]("again", torch.nn.Linear(6, 3), data, recipe | {"epochs": 4}, optimizer, changed)
    assert "Going on" not in capsys.readouterr().out
    names["fit"]("again", torch.nn.Linear(6, 3), data, recipe | {"epochs": 4}, optimizer, changed)
    assert "Going on after epoch 4" in capsys.readouterr().out
    # Nor are the curves of an evaluation that was wrong those of the corrected one.
    right = names["evaluate"]
    names["evaluate"] = lambda model, batches: tuple(100 * v for v in right(model, batches))
    percent = names["fit"]("again", torch.nn.Linear(6, 3), data, recipe, optimizer, changed)
    names["evaluate"] = right
    assert max(percent["val_acc"]) > 1
    assert max(names["fit"]("again", torch.nn.Linear(6, 3), data, recipe, optimizer, changed)["val_acc"]) <= 1


def test_a_run_whose_rates_are_numbers_of_numpy_goes_on(tmp_path, monkeypatch, capsys):
    """hw5: np.cos in a schedule puts NumPy's numbers into the states of the optimizer and of the scheduler."""
    monkeypatch.chdir(tmp_path)
    names = solved("hw5-cnn", "q4-1-epoch", "q4-1-evaluate").fit.__globals__
    generator = torch.Generator().manual_seed(5)
    x, y = torch.randn(40, 6, generator=generator), torch.randint(0, 3, (40,), generator=generator)

    def optimizer(model, steps):
        found = torch.optim.SGD(model.parameters(), lr=np.float64(0.1))
        return found, torch.optim.lr_scheduler.LambdaLR(found, lambda k: 0.5 * (1 + np.cos(np.pi * k / steps)))

    def fit():
        torch.manual_seed(0)
        model = torch.nn.Linear(6, 3).to(names["device"])
        return names["fit"]("rates", model, (x, y, x, y), {"epochs": 2, "batch_size": 8}, optimizer)

    first = fit()
    assert fit() == first
    assert "Going on after epoch 2" in capsys.readouterr().out
    assert [path.name for path in Path("out").iterdir()] == ["rates_checkpoint.pt"]


def test_lazy_layers_learn_whatever_mode_the_answer_evaluates_in(tmp_path, monkeypatch):
    """hw5: parameters that take their shapes in inference mode could not learn, so the given runs make the shapes."""
    monkeypatch.chdir(tmp_path)
    names = solved("hw5-cnn", "q4-1-epoch", "q4-1-evaluate").fit.__globals__
    evaluate, made = names["evaluate"], []

    def make_mlp():
        layers = torch.nn.LazyLinear(8), torch.nn.LazyBatchNorm1d(), torch.nn.ReLU(), torch.nn.LazyLinear(3)
        made.append(torch.nn.Sequential(*layers))
        return made[-1]

    generator = torch.Generator().manual_seed(4)
    x, y = torch.randn(60, 6, generator=generator), torch.randint(0, 3, (60,), generator=generator)
    names |= {
        "evaluate": torch.inference_mode()(evaluate),
        "make_mlp": make_mlp,
        "mlp_optimizer": lambda model, steps: (torch.optim.SGD(model.parameters(), lr=0.1), None),
        "parts": [(x[:50], y[:50]), (x[50:], y[50:])],
        "GRADING": True,
    }
    for cell in notebook(COURSE, "hw5-cnn").cells:
        if cell.id in ("q4-1-habits", "q4-1-run"):
            exec(compile(cell.source, cell.id, "exec"), names)
    assert len(made) == 2
    assert all(p.grad is not None and not p.is_inference() for model in made for p in model.parameters())


def test_a_corrected_network_is_trained_anew(tmp_path, monkeypatch, capsys):
    """hw1: with a softmax over the batch the first run is worthless; the run after the correction must not be it."""
    monkeypatch.chdir(tmp_path)
    hw1 = solved("hw1-mlp", "q2-1-mlp", "q2-3-train")
    generator = torch.Generator().manual_seed(3)
    x, y = torch.rand(60, 3, 2, 2, generator=generator), torch.randint(0, 4, (60,), generator=generator)
    loader = [(x[:30], y[:30]), (x[30:], y[30:])]

    class Wrong(hw1.MLPinPyTorch):
        def forward(self, batch):
            return torch.softmax(self.output(torch.sigmoid(self.hidden(batch))), dim=0)

    def run(cls, epochs=2):
        torch.manual_seed(0)
        model = cls(12, 5, 4)
        return hw1.train(model, loader, lambda: (0.0, 0.0), epochs, mark=fingerprint.mark(model, hw1.train)), model

    run(Wrong)
    capsys.readouterr()
    history, model = run(hw1.MLPinPyTorch)
    assert "Going on" not in capsys.readouterr().out and len(history) == 3
    _, again = run(hw1.MLPinPyTorch, 3)
    assert "Going on after epoch 2" in capsys.readouterr().out
    assert not torch.equal(again.hidden.weight, model.hidden.weight)


def test_training_goes_on_after_an_interrupt(tmp_path, monkeypatch, capsys):
    """hw1: with a loader that shuffles, a resumed run sees the batches that an uninterrupted one would."""
    monkeypatch.chdir(tmp_path)
    hw1 = solved("hw1-mlp", "q2-1-mlp", "q2-3-train")
    generator = torch.Generator().manual_seed(3)
    x, y = torch.rand(60, 3, 2, 2, generator=generator), torch.randint(0, 4, (60,), generator=generator)

    def run(name, stop=0):
        torch.manual_seed(0)
        model, calls = hw1.MLPinPyTorch(12, 5, 4), []
        order = torch.Generator().manual_seed(1)
        loader = DataLoader(TensorDataset(x, y), batch_size=8, shuffle=True, generator=order)

        def evaluate():
            calls.append(sum(len(labels) for _, labels in loader))  # draws an order, as the real one does
            if len(calls) == stop:
                raise KeyboardInterrupt
            return model.hidden.weight.norm().item(), 0.0

        return hw1.train(model, loader, evaluate, 4, checkpoint=Path(f"out/{name}.pt")), model.state_dict()

    whole, weights = run("whole")
    with pytest.raises(KeyboardInterrupt):
        run("again", stop=4)
    resumed, others = run("again")
    assert "Going on after epoch 2" in capsys.readouterr().out
    assert resumed == whole and len(whole) == 5
    assert all(torch.equal(value, others[name]) for name, value in weights.items())
