#!/usr/bin/env bash
# The channel means of CIFAR-10 in float32: NumPy is a third off, torch is right
#
# Versions: numpy 2.4.6, torch 2.14.1.
# Expected: `images.mean(axis=(0, 1, 2))` of 50,000 float32 images of 32 x 32 x 3 is right to six digits, as NumPy
#     sums in pairs. At worst the fourth digit is off.
# Seen: each of the three means is 0.3277 instead of 0.5, and the standard deviations are 9 % too large. Pairs are
#     only formed along the axis that is last in memory, and here it is the one that is kept: so each sum adds 51
#     million numbers to one float32, which stops growing at 2**24. torch's mean over the same memory is right to six
#     digits.
# Why it matters: this is the usual line before Normalize(mean, std). Training still works, a little worse, and
#     nothing is said.
# Source: NumPy's documentation of sum and mean: partial pairwise summation is used "along the fast axis" (notes);
#     torch's says nothing.
set -euo pipefail
. "$(dirname "$0")/environment"
environment numpy==2.4.6 torch==2.14.1

python -W ignore - >output <<'PY'
import numpy as np
import torch

images = np.random.default_rng(0).random((50_000, 32, 32, 3), dtype=np.float32)  # channels last, as CIFAR-10 comes
axes = (0, 1, 2)
print("NumPy, float32:", images.mean(axes).round(4), "+-", images.std(axes).round(4))
print("NumPy, float64 sums:", images.mean(axes, dtype=np.float64).round(4), "+-", images.std(axes, dtype=np.float64).round(4))
tensor = torch.from_numpy(images)
print("torch, float32:", tensor.mean(axes).numpy().round(4), "+-", tensor.std(axes).numpy().round(4))
PY
seen <<'SEEN'
NumPy, float32: [0.3277 0.3277 0.3277] +- [0.3141 0.3141 0.3141]
NumPy, float64 sums: [0.5    0.5    0.4999] +- [0.2887 0.2887 0.2887]
torch, float32: [0.5    0.5    0.4999] +- [0.2887 0.2887 0.2887]
SEEN
