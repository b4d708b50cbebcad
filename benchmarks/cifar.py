"""hw5's reference network on the real CIFAR-10: seconds and test accuracy for fewer epochs than the notebook's eight.

Usage: COURSEWORK_DATA=DIR python -m benchmarks.cifar [EPOCHS]. All 50,000 images train, evaluated once, at the end.
"""

import os
import sys
import tempfile
import time
from pathlib import Path

import torch

ROOT = Path(__file__).resolve().parents[1]
from tests.notebook.test_references import solved  # noqa: E402


def main() -> None:
    epochs = int(sys.argv[1]) if len(sys.argv) > 1 else 6
    hw5 = solved("hw5-cnn", "q4-1-epoch", "q4-1-evaluate", "q4-2-cnn", "option-cifar", "q4-2-predict")
    data = hw5.datasets.cifar10()
    os.chdir(tempfile.mkdtemp())
    torch.manual_seed(0)
    model = hw5.make_cnn().to(hw5.device).to(memory_format=torch.channels_last)
    size = hw5.CIFAR_RECIPE["batch_size"]
    optimizer, scheduler = hw5.cnn_optimizer(model, epochs * -(-len(data.x_train) // size))
    started = time.perf_counter()
    for epoch in range(epochs):
        torch.manual_seed(1000 + epoch)
        order = torch.Generator().manual_seed(epoch)
        batches = hw5.batches_of(data.x_train, data.y_train, size, order, lambda b: hw5.augment(hw5.prepare(b)))
        loss = hw5.train_epoch(model, batches, optimizer, scheduler)
        print(f"epoch {epoch + 1}: loss {loss:.3f}, {time.perf_counter() - started:.0f} s", flush=True)
    seconds = time.perf_counter() - started
    right = (hw5.predict(model, data.x_test) == data.y_test).double().mean()
    print(f"{epochs} epochs on {hw5.device}, {os.cpu_count()} cores: {seconds:.0f} s, test accuracy {right:.4f}")


if __name__ == "__main__":
    main()
