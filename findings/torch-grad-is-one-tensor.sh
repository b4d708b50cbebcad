#!/usr/bin/env bash
# torch.autograd.grad can return one tensor for two inputs, and that tensor can be the caller's own
#
# Versions: torch 2.14.1.
# Expected: the gradients of a + b with respect to a and b are two tensors: `.backward()` gives two.
# Seen: `grad(a + b, [a, b], upstream)` returns `upstream` itself, twice. Scaling the first gradient in place scales
#     the second and the upstream gradient of the caller. After `.backward()`, a.grad and b.grad are separate.
# Why it matters: residual sums and biases are such sums. Hand-written clipping, momentum or averaging in place
#     (`g.mul_(…)`) is then applied twice, and a test that reuses its upstream gradient compares with another one.
# Source: torch's documentation of autograd.grad ("returns the sum of gradients of outputs with respect to the
#     inputs"); nothing on shared memory.
# coursework: the clause "fresh" of check.call tells results that share memory; tests/notebook/test_calls.py.
set -euo pipefail
. "$(dirname "$0")/environment"
environment torch==2.14.1 numpy==2.4.6

python - >output <<'PY'
import torch

a, b = (torch.ones(2, requires_grad=True) for _ in range(2))
upstream = torch.tensor([1.0, 2.0])
first, second = torch.autograd.grad(a + b, [a, b], upstream)
print("one object:", first is second, "- the caller's:", first is upstream)
first.mul_(10)
print("after first.mul_(10):", second.tolist(), upstream.tolist())

upstream = torch.tensor([1.0, 2.0])
(a + b).backward(upstream)
a.grad.mul_(10)
print("after backward and a.grad.mul_(10):", b.grad.tolist(), upstream.tolist())
PY
seen <<'SEEN'
one object: True - the caller's: True
after first.mul_(10): [10.0, 20.0] [10.0, 20.0]
after backward and a.grad.mul_(10): [1.0, 2.0] [1.0, 2.0]
SEEN
