#!/usr/bin/env bash
# With the same seed, another release of PyTorch has the same weights and batches and another dropout
#
# Versions: torch 2.6.0 and 2.14.1 on a CPU (x86-64 wheels with MKL).
# Expected: either all numbers after `torch.manual_seed` are the same in both releases or, as its note on
#     reproducibility allows, all of them may differ.
# Seen: rand, randn, randint, randperm and a layer's first weights are the same. `bernoulli_`, and so
#     every dropout, `exponential_`, and `multinomial` without replacement are others; `torch.bernoulli(p)` and
#     `multinomial` with replacement are the same again. 2.7.1, 2.8 to 2.11 and 2.13 drop as 2.14.1 does.
# Why it matters: a seeded run begins with the same loss on Colab and on the grader's machine, which looks as if it were
#     repeated, and comes to other numbers as soon as something is dropped. A test that compares a seeded pass in
#     training mode with a reference is right in one release only.
# Source: aten/src/ATen/native/cpu/DistributionKernels.cpp, where these three drew from MKL's stream, then for some
#     releases did not (pytorch issue 132395), and now do so again.
set -euo pipefail
. "$(dirname "$0")/environment"

drawn() {
    python - <<'PY'
import torch
import torch.nn.functional as F


def seeded(draw):
    torch.manual_seed(0)
    return draw()


ones = torch.ones(12)
print("rand         ", [f"{x:.7f}" for x in seeded(lambda: torch.rand(3)).tolist()])
print("randn        ", [f"{x:.5f}" for x in seeded(lambda: torch.randn(3)).tolist()])
print("randperm     ", seeded(lambda: torch.randperm(8)).tolist())
print("weights      ", [f"{x:.6f}" for x in seeded(lambda: torch.nn.Linear(3, 1)).weight[0].tolist()])
print("bernoulli(p) ", seeded(lambda: torch.bernoulli(ones / 2)).int().tolist())
print("bernoulli_   ", seeded(lambda: torch.empty(12).bernoulli_(0.5)).int().tolist())
print("dropout      ", (seeded(lambda: F.dropout(ones)) > 0).int().tolist())
print("multinomial  ", seeded(lambda: torch.multinomial(ones, 6)).tolist())
PY
}

environment torch==2.6.0 numpy==2.0.2
drawn >old
environment torch==2.14.1 numpy==2.0.2
drawn >new
{
    echo "the same in 2.6.0 and 2.14.1:"
    comm -12 <(sort old) <(sort new)
    echo "2.6.0:"
    comm -23 <(sort old) <(sort new)
    echo "2.14.1:"
    comm -13 <(sort old) <(sort new)
} >output
seen <<'SEEN'
the same in 2.6.0 and 2.14.1:
bernoulli(p)  [1, 0, 1, 1, 1, 0, 1, 0, 1, 0, 1, 1]
rand          ['0.4962566', '0.7682218', '0.0884774']
randn         ['1.54100', '-0.29343', '-2.17879']
randperm      [4, 0, 7, 3, 2, 5, 1, 6]
weights       ['-0.004323', '0.309716', '-0.475185']
2.6.0:
bernoulli_    [1, 0, 0, 1, 1, 0, 0, 1, 1, 1, 1, 0]
dropout       [1, 0, 0, 1, 1, 0, 0, 1, 1, 1, 1, 0]
multinomial   [2, 11, 5, 1, 6, 9]
2.14.1:
bernoulli_    [0, 0, 1, 0, 0, 0, 1, 1, 0, 1, 1, 1]
dropout       [0, 0, 1, 0, 0, 0, 1, 1, 0, 1, 1, 1]
multinomial   [11, 6, 9, 7, 10, 2]
SEEN
