"""One kernel, forked from the warm process and started anew: wall and CPU seconds in the sandbox, in one run.

The notebook imports NumPy, PyTorch, matplotlib and tqdm, draws a figure and asks for some numbers, so that nearly all
of its time is a kernel's start, imports and end. Usage: python -m benchmarks.warm [kernels of each kind, default 3]
"""

import sys

from nbformat.v4 import new_code_cell, new_notebook

from coursework.sandbox import bubblewrap
from coursework.sandbox.execute import KERNEL, RUN_KEY, SandboxExecute

CELLS = (
    "import numpy as np, torch, matplotlib.pyplot as plt\nfrom tqdm.auto import tqdm",
    "plt.plot([1, 2])",
    "torch.rand(2), np.random.rand()",
)


def seconds(warm: bool) -> tuple[float, float]:
    """(wall, CPU) of one kernel."""
    nb = new_notebook(cells=[new_code_cell(text) for text in CELLS])
    with bubblewrap.settings(warm=warm):
        nb, _ = SandboxExecute(kernel_name=KERNEL, timeout=120).preprocess(nb, {"metadata": {"path": None}})
    run = nb.metadata[RUN_KEY]
    assert run.stopped is None and all(cell.outputs for cell in nb.cells[1:]), run
    return run.wall, run.cpu


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    if reason := bubblewrap.cold_because():
        sys.exit(f"no warm process can fork here: {reason}")
    print(f"{'':20}{'wall, s':>9}{'CPU, s':>9}")
    means = {}
    for name, warm in (("forked", True), ("started anew", False)):
        runs = [seconds(warm) for _ in range(count)]
        means[name] = [sum(column) / count for column in zip(*runs, strict=True)]
        print(f"{name:20}{means[name][0]:>9.2f}{means[name][1]:>9.2f}")
    print(f"ratio of CPU {means['started anew'][1] / means['forked'][1]:.1f}")


if __name__ == "__main__":
    main()
