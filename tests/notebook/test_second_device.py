"""The notebooks' way to a GPU, walked without one: everything on a second device that keeps a GPU's rules."""

import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from coursework.core.cells import is_test
from coursework.core.course import Course, read_notebook
from coursework.judging.judge import judge_notebook
from coursework.judging.reference import notebook, reference, task
from coursework.sandbox.tasks import run_task

ROOT = Path(__file__).parents[2]
DEVICE = (ROOT / "tests" / "support" / "second_device.py").read_text(encoding="utf-8")
CHOICE = re.compile(r"^device = torch\.device\(.*\)$", re.MULTILINE)
SAME = "Expected all tensors to be on the same device"


def moved(nb, change=lambda text: text, more=""):
    """Let `nb` work on the second device; `change` is applied to each cell first, `more` is said after its import."""
    places = 0
    for cell in nb.cells:
        if cell.cell_type == "code":
            cell.source, found = CHOICE.subn('device = torch.device("second")', change(cell.source))
            places += found
    assert places == 1
    nb.cells.insert(0, nbformat.v4.new_code_cell(f"{DEVICE}\n{more}", id="second-device"))
    return nb


def up_to(nb, cell):
    """The notebook as far as this cell, without tests."""
    last = next(place for place, one in enumerate(nb.cells) if one.id == cell)
    nb.cells = [c for c in nb.cells[: last + 1] if not is_test(c)]
    return nb


def walk(assignment, change=lambda text: text, last=""):
    """The reference notebook in grade mode on the second device: its executed form, and "cell: error" of each error.

    `last`: the cell that it is about, where the rest need not run.
    """
    course = Course(ROOT)
    whole = notebook(course, assignment)
    nb = moved(up_to(whole, last) if last else whole, change)
    answer = run_task(task(course, nb))
    assert not answer["error"]
    executed = nbformat.reads(answer["notebook"], as_version=4)
    assert not executed.metadata.coursework_run.stopped
    errors = [
        f"{cell.id}: {output.evalue}" for cell in executed.cells for output in cell.get("outputs", [])
        if output.output_type == "error"
    ]  # fmt: skip
    return executed, errors


@pytest.mark.parametrize(
    "assignment", ["hw1-mlp", *(pytest.param(a, marks=pytest.mark.slow) for a in ("hw4-backprop", "hw5-cnn"))]
)
def test_a_notebook_away_from_the_cpu(assignment):
    """No cell fails, and every value is the CPU's within the tolerance that a student's has."""
    executed, errors = walk(assignment)
    assert not errors
    for grade_id, verdict in judge_notebook(executed, reference(Course(ROOT), assignment), {}).items():
        assert verdict.score == verdict.points, (grade_id, verdict.message)


@pytest.mark.parametrize("assignment", ["hw2-autodiff", "hw3-mytorch"])
def test_the_others_stay_on_the_cpu(assignment):
    source = read_notebook(Course(ROOT).source(assignment))  # without the helpers, which ask whether there is a GPU
    code = [cell.source for cell in source.cells if cell.cell_type == "code"]
    assert not [text for text in code if re.search(r"cuda|torch\.device", text)]


@pytest.mark.parametrize(
    ("assignment", "cell", "right", "wrong", "error"),
    [
        ("hw1-mlp", "q2-3-run", "labels.to(device)", "labels", SAME),
        ("hw5-cnn", "q4-2-run", "(torch.rand(len(x)) < 0.5).to(x.device)", "(torch.rand(len(x)) < 0.5)", SAME),
        (
            "hw5-cnn",
            "q4-2-run",
            "torch.rand(len(x)) < 0.5",
            "torch.rand(len(x), device=x.device) < 0.5",
            "draws on the",
        ),
    ],
)
def test_what_is_left_behind_is_noticed(assignment, cell, right, wrong, error):
    changed = []

    def change(text):
        changed.append(right in text)
        return text.replace(right, wrong)

    _, errors = walk(assignment, change, last=cell)
    assert any(changed)
    assert any(e.startswith(f"{cell}: ") and error in e for e in errors), errors


RULES = """
import copy
import torch
import torch.nn.functional as F
from torch import nn
from tests.support import second_device

torch.manual_seed(0)
here, labels = torch.randn(8, 3, 6, 6), torch.randint(5, (8,))
there = here.to("second")
model = nn.Sequential(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4), nn.ReLU(), nn.Flatten(), nn.Linear(64, 5))
moved = copy.deepcopy(model).to("second").to(memory_format=torch.channels_last)
results = []
for net, x, y in ((model, here, labels), (moved, there, labels.to("second"))):
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1, momentum=0.9, nesterov=True)
    for _ in range(3):
        optimizer.zero_grad()
        loss = F.cross_entropy(net(x), y)
        loss.backward()
        optimizer.step()
    results.append([loss.item(), *(p.detach().cpu() for p in net.parameters())])
for a, b in zip(*results):
    torch.testing.assert_close(a, b)
torch.testing.assert_close(there[labels % 8].cpu(), here[labels % 8])
assert torch.tensor([1.0], device="second").device.type == "second" and moved[4].weight.grad.device.type == "second"

for wrong in (
    lambda: there + here, lambda: moved(here), lambda: there.numpy(), lambda: here[labels.to("second")],
    lambda: torch.cat([here, there]), lambda: F.cross_entropy(moved(there), labels), lambda: there.bernoulli(0.5),
    lambda: torch.randn(3, device="second"), lambda: torch.randperm(3, generator=torch.Generator(), device="second"),
    lambda: here.add_(there),
):
    try:
        wrong()
    except RuntimeError:
        continue
    raise SystemExit("nothing was said")
print("kept")
"""


def test_the_device_keeps_a_gpus_rules():
    """In a process of its own: PyTorch knows one such device, and keeps it."""
    found = subprocess.run([sys.executable, "-c", RULES], cwd=ROOT, capture_output=True, text=True)
    assert found.stdout == "kept\n", found.stderr[-2000:]
