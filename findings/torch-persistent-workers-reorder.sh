#!/usr/bin/env bash
# persistent_workers=True gives other batches from the second epoch on
#
# Versions: torch 2.14.1.
# Expected: `persistent_workers` is about speed. The same seed gives the same batches, as num_workers=0 and 1 do.
# Seen: the first epoch is the same and the second is not: a loader that keeps its workers draws for the shuffle one
#     number earlier in the stream. Its third epoch is the second of the others.
# Why it matters: the switch is turned on for speed in the middle of a comparison; a recorded run cannot be repeated
#     without it.
# Source: torch's documentation of DataLoader (persistent_workers keeps the workers alive); nothing on the order.
set -euo pipefail
. "$(dirname "$0")/environment"
environment torch==2.14.1 numpy==2.4.6

cat >program.py <<'PY'
import torch
from torch.utils.data import DataLoader, TensorDataset

data = TensorDataset(torch.arange(6))


def epochs(**options):
    torch.manual_seed(0)
    loader = DataLoader(data, batch_size=6, shuffle=True, **options)
    return [batch.tolist() for _ in range(3) for (batch,) in loader]


if __name__ == "__main__":
    print("no workers:       ", epochs())
    print("one worker:       ", epochs(num_workers=1))
    print("one that persists:", epochs(num_workers=1, persistent_workers=True))
PY
python program.py >output
seen <<'SEEN'
no workers:        [[0, 4, 3, 5, 2, 1], [2, 3, 1, 5, 4, 0], [5, 2, 0, 3, 1, 4]]
one worker:        [[0, 4, 3, 5, 2, 1], [2, 3, 1, 5, 4, 0], [5, 2, 0, 3, 1, 4]]
one that persists: [[0, 4, 3, 5, 2, 1], [5, 0, 3, 2, 1, 4], [2, 3, 1, 5, 4, 0]]
SEEN
