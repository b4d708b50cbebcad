#!/usr/bin/env bash
# torch.set_flush_denormal(True) does not reach threads that run already: large tensors come out half flushed
#
# Versions: torch 2.14.1, with two threads.
# Expected: with the switch on, every denormal result on the CPU is 0.
# Seen: where nothing ran in parallel before the call, so it is. After one parallel operation, a tensor of 1,000
#     denormals becomes 0, and of 1,000,000 equal ones half do, those that the calling thread computes: the worker
#     thread was started before and keeps the rest. So equal inputs give unequal outputs, and it depends on what ran
#     before.
# Why it matters: the switch is set for speed (vanishing activations, decayed weights), in a notebook usually after
#     other cells.
# Source: torch's documentation of set_flush_denormal ("disables denormal floating numbers on CPU"); nothing on
#     threads.
set -euo pipefail
. "$(dirname "$0")/environment"
environment torch==2.14.1 numpy==2.4.6

cat >program.py <<'PY'
import sys

import torch

torch.set_num_threads(2)
if sys.argv[1] == "late":
    torch.ones(1_000_000).mul(2)  # starts the worker thread
torch.set_flush_denormal(True)
for count in (1_000, 1_000_000):
    product = torch.full((count,), 1e-20) * 1e-20  # 1e-40, below the least normal float32
    print(f"set {sys.argv[1]}, {count} equal products: {(product == 0).float().mean():.0%} are 0")
PY
{ python program.py first; python program.py late; } >output
seen <<'SEEN'
set first, 1000 equal products: 100% are 0
set first, 1000000 equal products: 100% are 0
set late, 1000 equal products: 100% are 0
set late, 1000000 equal products: 50% are 0
SEEN
