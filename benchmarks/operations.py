"""What the long trainings of the notebooks cost in operations, and so about what a GPU would need: a table.

Usage: python -m benchmarks.operations. Counted on the reference networks, one training step and one evaluation each;
nothing is trained. The GPU's seconds are an estimate, not a measurement: the larger of the arithmetic at a fifth of a
T4's 8.1e12 single-precision operations a second (NVIDIA's data sheet) and 20 µs for each call of a kernel.
"""

import contextlib
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import torch
import torch.nn.functional as F
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils.flop_counter import FlopCounterMode

ROOT = Path(__file__).resolve().parents[1]
from tests.notebook.test_references import solved  # noqa: E402

PEAK, SHARE, LAUNCH = 8.1e12, 0.2, 20e-6
VISITS = 67  # of each image in the two runs of hw4 together, small sets included: what 3,000 took on a CPU


class Calls(TorchDispatchMode):
    """Counts the operations that reach the device."""

    count = 0

    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        self.count += 1
        return func(*args, **(kwargs or {}))


class Training(NamedTuple):
    name: str
    network: Callable[[], torch.nn.Module]
    images: tuple[int, ...]  # the shape of one prepared image
    batch: int
    n: int  # images in an epoch
    epochs: int
    looked: int  # images that are only looked at, in an epoch


def cost(work: Callable[[], object]) -> tuple[float, int]:
    """(floating-point operations, calls) of `work`."""
    with FlopCounterMode(display=False) as flops, Calls() as calls:
        work()
    return float(flops.get_total_flops()), calls.count


def trainings() -> list[Training]:
    with contextlib.redirect_stdout(io.StringIO()):
        hw1, hw4 = solved("hw1-mlp", "q2-1-mlp"), solved("hw4-backprop", "q6-2-alexnet", "q6-4-recipe")
        hw5 = solved("hw5-cnn", "q4-1-mlp", "option-mlp", "q4-2-cnn", "option-cifar")
    recipe = hw4.RECIPES["gpu"]
    mlp, cnn = hw5.MLP_RECIPE, hw5.CIFAR_RECIPE
    memory = Training(
        "hw4-backprop, memorization, twice", lambda: hw4.AlexNet(width=recipe["width"]), (1, 28, 28),
        recipe["batch_size"], recipe["n"], VISITS, recipe["n"],
    )  # fmt: skip
    return [
        Training("hw1-mlp, MLP", hw1.MLPinPyTorch, (3072,), 100, 50_000, 5, 60_000),
        memory,
        Training("hw5-cnn, MLP", hw5.make_mlp, (784,), mlp["batch_size"], 54_000, mlp["epochs"], 11_000),
        Training("hw5-cnn, CNN", hw5.make_cnn, (3, 32, 32), cnn["batch_size"], 45_000, cnn["epochs"], 10_000),
    ]


def main() -> None:
    print("| training | steps | operations | calls | a T4, estimated |\n|---|---|---|---|---|")
    for t in trainings():
        model = t.network()
        optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
        x, y = torch.rand(t.batch, *t.images), torch.randint(10, (t.batch,))

        def step(model=model, optimizer=optimizer, x=x, y=y) -> None:
            optimizer.zero_grad()
            F.cross_entropy(model(x), y).backward()
            optimizer.step()

        def look(model=model, x=x) -> None:
            with torch.no_grad():
                model(x).argmax(1)

        step()
        (flops, calls), (seen, glances) = cost(step), cost(look)
        steps, looks = t.epochs * -(-t.n // t.batch), t.epochs * -(-t.looked // t.batch)
        operations, launches = steps * flops + looks * seen, steps * calls + looks * glances
        seconds = max(operations / (PEAK * SHARE), launches * LAUNCH)
        print(f"| {t.name} | {steps:,} | {operations:.1e} | {launches:,} | {seconds:.0f} s |")


if __name__ == "__main__":
    main()
