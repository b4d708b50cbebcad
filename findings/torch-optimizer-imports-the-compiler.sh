#!/usr/bin/env bash
# The first optimizer of a process imports PyTorch's compiler, with SymPy and some nine hundred modules
#
# Versions: torch 2.14.1, SymPy 1.14.0, Python 3.11.7, on a CPU.
# Expected: `import torch` has brought what `torch.optim.SGD` needs, which is a loop over parameters; a compiler is imported
#     when something is compiled.
# Seen: after `import torch` and a backward pass, `torch.optim.SGD(...)` imports 892 modules, SymPy and torch._dynamo among
#     them, which took 1.5 to 1.9 s of CPU; the next optimizer imports none. `torch.func.grad` does the same. A gradient
#     step by hand and dropout do not.
# Why it matters: a course that grades each notebook in a fresh process pays it once a submission, in whichever cell comes
#     first: an innocent test looks slow, and a limit of seconds is the cell's that made the optimizer. A process from which
#     kernels are forked should import torch._dynamo beforehand, which coursework's does.
# Source: torch/_compile.py: _disable_dynamo wraps add_param_group and imports torch._dynamo when it is first called.
set -euo pipefail
. "$(dirname "$0")/environment"
environment torch==2.14.1 numpy==2.4.6 sympy==1.14.0

cat >first.py <<'PY'
import sys

import torch

weights = torch.ones(3, requires_grad=True)
STEPS = {
    "a step by hand": lambda: torch.autograd.grad((weights**2).sum(), weights),
    "dropout": lambda: torch.nn.Dropout()(weights),
    "an optimizer": lambda: torch.optim.SGD([weights], lr=0.1),
    "another optimizer": lambda: torch.optim.Adam([weights], lr=0.1),
    "torch.func.grad": lambda: torch.func.grad(lambda x: (x**2).sum())(torch.ones(3)),
}
for name in sys.argv[1:]:
    before = set(sys.modules)
    STEPS[name]()
    new = set(sys.modules) - before
    said = "more than 700 modules" if len(new) > 700 else f"{len(new)} modules"
    print(f"{name}: {said},", "SymPy and torch._dynamo among them" if {"sympy", "torch._dynamo"} <= new else "no compiler")
PY
python first.py "a step by hand" dropout "an optimizer" "another optimizer" >output
python first.py "torch.func.grad" >>output
seen <<'SEEN'
a step by hand: 0 modules, no compiler
dropout: 0 modules, no compiler
an optimizer: more than 700 modules, SymPy and torch._dynamo among them
another optimizer: 0 modules, no compiler
torch.func.grad: more than 700 modules, SymPy and torch._dynamo among them
SEEN
