#!/usr/bin/env bash
# The same smoothed labels, as indices and as probabilities: two losses once there are class weights
#
# Versions: torch 2.14.1.
# Expected: cross_entropy(z, labels, label_smoothing=0.1) is cross_entropy(z, the smoothed one-hot rows), with class
#     weights or without.
# Seen: without weights, yes. With weights each sample's loss is still the same, but the mean is not: for indices it
#     divides by the weights of the labels, for probabilities by the size of the batch. The ratio is the mean weight
#     of the labels in the batch, with plain one-hot rows, too: who turns labels into rows (for mixup, say) changes
#     the step size, and from batch to batch.
# Why it matters: classes are weighted where they are uneven, and a student who writes the loss with one-hot rows is
#     off by a factor that looks like a bug.
# Source: torch's documentation of CrossEntropyLoss: the two formulas for `reduction="mean"`.
set -euo pipefail
. "$(dirname "$0")/environment"
environment torch==2.14.1 numpy==2.4.6

python - >output <<'PY'
import torch
import torch.nn.functional as F

torch.manual_seed(0)
z = torch.randn(6, 3, dtype=torch.float64)
labels = torch.tensor([0, 1, 2, 2, 1, 0])
rows = F.one_hot(labels, 3).double()
smoothed = 0.9 * rows + 0.1 / 3
weight = torch.tensor([1.0, 2.0, 5.0], dtype=torch.float64)
for name, w in (("without weights", None), ("with weights", weight)):
    for reduction in ("none", "mean"):
        a = F.cross_entropy(z, labels, weight=w, label_smoothing=0.1, reduction=reduction)
        b = F.cross_entropy(z, smoothed, weight=w, reduction=reduction)
        print(f"{name}, {reduction}: equal {torch.allclose(a, b)}, ratio {(b / a).mean():.4f}")
ratio = F.cross_entropy(z, rows, weight=weight) / F.cross_entropy(z, labels, weight=weight)
print(f"with weights, one-hot rows and no smoothing: ratio {ratio:.4f}; mean weight of the labels {weight[labels].mean():.4f}")
PY
seen <<'SEEN'
without weights, none: equal True, ratio 1.0000
without weights, mean: equal True, ratio 1.0000
with weights, none: equal True, ratio 1.0000
with weights, mean: equal False, ratio 2.6667
with weights, one-hot rows and no smoothing: ratio 2.6667; mean weight of the labels 2.6667
SEEN
