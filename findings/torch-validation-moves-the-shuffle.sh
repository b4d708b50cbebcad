#!/usr/bin/env bash
# Going through a validation loader, unshuffled and without workers, changes how the next epoch is shuffled
#
# Versions: torch 2.14.1.
# Expected: DataLoader(shuffle=False, num_workers=0) draws nothing. With the same seed a training run sees the same
#     batches whether or not it is validated after each epoch.
# Seen: each `iter` of any DataLoader draws a number from torch's global generator, for workers that there may not be.
#     From the second epoch on, the validated run has other batches and another dropout. A generator of its own for
#     each loader (`generator=`) keeps them apart.
# Why it matters: "validate every k epochs" and an extra look at a loader change the result of a seeded run; students
#     compare such runs, and graders repeat them.
# Source: torch's note on reproducibility and the documentation of DataLoader (`generator`: used by the sampler and,
#     with multiprocessing, for `base_seed`); torch/utils/data/dataloader.py draws in every case.
set -euo pipefail
. "$(dirname "$0")/environment"
environment torch==2.14.1 numpy==2.4.6

python - >output <<'PY'
import torch
from torch.utils.data import DataLoader, TensorDataset

data = TensorDataset(torch.arange(6))


def epochs(validate, own=False):
    torch.manual_seed(0)
    train = DataLoader(data, batch_size=6, shuffle=True, generator=torch.Generator().manual_seed(0) if own else None)
    val = DataLoader(data, batch_size=6, shuffle=False, generator=torch.Generator() if own else None)
    seen = []
    for _ in range(3):
        seen += [batch.tolist() for (batch,) in train]
        if validate:
            list(val)
    return seen


print("not validated:", epochs(False))
print("validated:    ", epochs(True))
print("equal with generators of their own:", epochs(False, own=True) == epochs(True, own=True))
PY
seen <<'SEEN'
not validated: [[0, 4, 3, 5, 2, 1], [2, 3, 1, 5, 4, 0], [5, 2, 0, 3, 1, 4]]
validated:     [[0, 4, 3, 5, 2, 1], [4, 5, 1, 2, 3, 0], [1, 5, 2, 4, 3, 0]]
equal with generators of their own: True
SEEN
