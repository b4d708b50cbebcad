#!/usr/bin/env bash
# torch.use_deterministic_algorithms(True) fills torch.empty with NaN: a forgotten zero shows only there
#
# Versions: torch 2.14.1.
# Expected: the switch chooses algorithms; what `torch.empty` returns stays arbitrary.
# Seen: floats are NaN, integers the largest of their type, everywhere: an accumulator made with torch.empty, or a
#     parameter that is never initialised, gives NaN for sure. Without the switch they are what the memory held, often
#     zeros, and the program passes.
# Why it matters: a grader that turns determinism on gives other results for such an answer than the student saw.
#     (Which may be wanted: it finds the mistake.) torch.utils.deterministic.fill_uninitialized_memory = False turns
#     it off.
# Source: torch's documentation of torch.utils.deterministic.
set -euo pipefail
. "$(dirname "$0")/environment"
environment torch==2.14.1 numpy==2.4.6

python - >output <<'PY'
import torch
from torch import nn

torch.use_deterministic_algorithms(True)
print(torch.empty(2).tolist(), torch.empty(2, dtype=torch.int64).tolist(), torch.zeros(3).resize_(4).tolist())
print("a parameter of one's own:", nn.Parameter(torch.empty(2)).tolist())
PY
seen <<'SEEN'
[nan, nan] [9223372036854775807, 9223372036854775807] [0.0, 0.0, 0.0, nan]
a parameter of one's own: [nan, nan]
SEEN
