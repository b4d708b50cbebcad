#!/usr/bin/env bash
# torch.compile of a NumPy function draws from torch's generator, and returns arrays where NumPy returns numbers
#
# Versions: torch 2.14.1, numpy 2.4.6; the backend "eager", so nothing is generated.
# Expected: compiled NumPy code draws the numbers that np.random.seed fixed; a mean is a np.float32.
# Seen: `np.random.rand(3)` in the compiled function ignores NumPy's seed and follows torch.manual_seed. A single
#     `np.random.rand()` follows NumPy's. A mean comes back as an array without axes.
# Why it matters: a student compiles the whole step, and the seed that the notebook sets no longer holds; `isinstance`
#     of a number fails.
# Source: torch's documentation, "Compiling NumPy code" (torch.compiler FAQ): the numbers may differ, and scalars are
#     modelled as arrays without axes.
set -euo pipefail
. "$(dirname "$0")/environment"
environment torch==2.14.1 numpy==2.4.6

python -W ignore - >output <<'PY'
import numpy as np
import torch


def several():
    return np.random.rand(3)


def one():
    return np.ones(2) * np.random.rand()


def mean(x):
    return x.mean()


for f in (several, one):
    for name, g in (("as written", f), ("compiled", torch.compile(f, backend="eager"))):
        draws = []
        for numpy_seed, torch_seed in ((0, 0), (1, 0), (0, 1)):
            np.random.seed(numpy_seed)
            torch.manual_seed(torch_seed)
            draws.append(g())
        numpys, torchs = ((draws[0] != other).any() for other in draws[1:])
        print(f"{f.__name__}, {name}: NumPy's seed matters {numpys}, torch's {torchs}")
x = np.ones(3, dtype=np.float32)
print("mean:", type(mean(x)).__name__, "- compiled:", type(torch.compile(mean, backend="eager")(x)).__name__)
PY
seen <<'SEEN'
several, as written: NumPy's seed matters True, torch's False
several, compiled: NumPy's seed matters False, torch's True
one, as written: NumPy's seed matters True, torch's False
one, compiled: NumPy's seed matters True, torch's False
mean: float32 - compiled: ndarray
SEEN
