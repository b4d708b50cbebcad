#!/usr/bin/env bash
# Under autocast, softmax, layer norm and sums stay in bfloat16 on the CPU; on the GPU they are float32
#
# Versions: torch 2.14.1.
# Expected: autocast keeps what is delicate in float32 on either device: softmax, logarithms, norms, sums, losses.
# Seen: on the CPU F.cross_entropy is float32, its parts are not. So a cross-entropy written by hand, -log_softmax at
#     the label, differs from F.cross_entropy by more than 0.01 on the same logits.
# Why it matters: a student's own loss agrees with torch's on Colab's GPU and not on the grader's CPU.
# Source: torch's documentation of autocast, the lists "CPU Ops that autocast to float32" and "CUDA Ops …": softmax,
#     log_softmax, layer_norm, exp and sum are in the second only.
set -euo pipefail
. "$(dirname "$0")/environment"
environment torch==2.14.1 numpy==2.4.6

python - >output <<'PY'
import torch
import torch.nn.functional as F

torch.manual_seed(0)
x, w, labels = torch.randn(64, 50), torch.randn(50, 10), torch.randint(10, (64,))
with torch.autocast("cpu", torch.bfloat16):
    z = x @ w
    calls = {
        "softmax": F.softmax(z, 1),
        "log_softmax": F.log_softmax(z, 1),
        "layer_norm": F.layer_norm(z, (10,)),
        "exp": z.exp(),
        "sum": z.sum(),
        "mse_loss": F.mse_loss(z, z),
        "cross_entropy": F.cross_entropy(z, labels),
    }
    by_hand = -F.log_softmax(z, 1)[range(64), labels]
    error = (by_hand.float() - F.cross_entropy(z, labels, reduction="none")).abs().max()
for name, result in calls.items():
    print(f"{name:14}", str(result.dtype).removeprefix("torch."))
print("a loss by hand is off by more than 0.01:", bool(error > 0.01))
PY
seen <<'SEEN'
softmax        bfloat16
log_softmax    bfloat16
layer_norm     bfloat16
exp            bfloat16
sum            bfloat16
mse_loss       float32
cross_entropy  float32
a loss by hand is off by more than 0.01: True
SEEN
