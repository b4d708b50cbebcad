"""A second device without a GPU refuses what a GPU refuses, and lets pass what moves its tensors."""

import copy

import numpy as np
import pytest
import torch
from torch import nn

from coursework.notebook.devices import Away, far_away

NEAR = torch.tensor([1, 0, 2])


@pytest.fixture
def away():
    return NEAR.clone().as_subclass(Away)


@pytest.mark.parametrize(
    "compare",
    [
        lambda a: a.cpu() == NEAR,
        lambda a: a.to("cpu") == NEAR,
        lambda a: NEAR.to(a.device) == a,
        lambda a: NEAR.to(a) == a,
        lambda a: a.to(NEAR) == NEAR,
        lambda a: a.to(device=NEAR.device) == NEAR,
        lambda a: NEAR.cuda() == a,
        lambda a: torch.tensor(NEAR.tolist(), device=a.device) == a,
        lambda a: torch.cat([a, NEAR.to(a.device)]) >= 0,
        lambda a: torch.tensor(np.asarray(a.cpu()) == NEAR.numpy()),
        lambda a: torch.tensor([x == y for x, y in zip(NEAR.tolist(), a.tolist(), strict=True)]),
        lambda a: torch.stack([a[i] == int(n) for i, n in enumerate(NEAR)]),
        lambda a: a.to(torch.float32) == torch.tensor(1.0) * a,
        lambda a: torch.tensor(a.numpy(force=True) == NEAR.numpy()),
        lambda a: a.type(torch.LongTensor) == NEAR,
        lambda a: a.type(torch.float64) == a,
        lambda a: a.type_as(NEAR) == NEAR,
        lambda a: NEAR.type_as(a) == a,
        lambda a: torch.as_tensor(a, device=NEAR.device) == NEAR,
        lambda a: torch.as_tensor(NEAR, device=a.device) == a,
        lambda a: torch.as_tensor(a) == a,
        lambda a: torch.asarray(a, device="cpu") == NEAR,
        lambda a: torch.tensor(a) == a,
        lambda a: torch.tensor([x for x in a]) == NEAR,
        lambda a: NEAR.new_tensor(a) == NEAR,
        lambda a: a.new_tensor(NEAR) == a,
        lambda a: torch.empty_like(NEAR).copy_(a) == NEAR,
        lambda a: torch.empty_like(a).copy_(NEAR) == a,
        lambda a: torch.tensor(1) * NEAR == a.cpu(),
        lambda a: torch.tensor(1, device=a.device) * a == a,
        lambda a: torch.tensor(data=a) == a,
        lambda a: torch.tensor(data=NEAR, device=a.device) == a,
        lambda a: torch.as_tensor(data=a, device="cpu") == NEAR,
        lambda a: torch.asarray(obj=a) == a,
        lambda a: NEAR.new_tensor(data=a) == NEAR,
        lambda a: torch.zeros_like(a) + NEAR.to(a.device) == a,
        lambda a: torch.zeros_like(a, device="cpu") + NEAR == NEAR,
        lambda a: torch.zeros_like(NEAR, device=a.device) + a == a,
        lambda a: a.new_zeros(3) + a == a,
        lambda a: a.new_zeros(3, device="cpu") + NEAR == NEAR,
        lambda a: NEAR.new_full((3,), 0, device=a.device) + a == a,
        lambda a: torch.arange(3, device=a.device) * 0 + a == a,
        lambda a: torch.rand(3, device="cuda") * 0 + a == a,
        lambda a: NEAR.to(a.get_device()) == a,
        lambda a: NEAR.to(device=a.device, dtype=torch.float64) == a,
        lambda a: torch.ones(3, device=a.device, requires_grad=True).is_leaf and a == a,
        lambda a: nn.Linear(3, 1, device=a.device)(a.float()).device == a.device and a == a,
        lambda a: nn.Linear(3, 1).to(a.device)(a.float()).device == a.device and a == a,
    ],
)
def test_what_moves_its_tensors_passes(away, compare):
    with far_away():
        assert bool(compare(away).all())


@pytest.mark.parametrize(
    ("compare", "error"),
    [
        (lambda a: a == NEAR, RuntimeError),
        (lambda a: torch.cat([NEAR, a]), RuntimeError),
        (lambda a: torch.equal(a, NEAR), RuntimeError),
        (lambda a: nn.functional.cross_entropy(torch.zeros(3, 3), target=a), RuntimeError),
        (lambda a: torch.as_tensor(a) == NEAR, RuntimeError),
        (lambda a: torch.empty_like(a).copy_(NEAR) == NEAR, RuntimeError),
        (lambda a: NEAR.type_as(a) == NEAR, RuntimeError),
        (lambda a: a.new_tensor(NEAR) == NEAR, RuntimeError),
        (lambda a: torch.zeros_like(a) + NEAR, RuntimeError),
        (lambda a: torch.zeros_like(a, device="cpu") + a, RuntimeError),
        (lambda a: torch.as_tensor(data=a) == NEAR, RuntimeError),
        (lambda a: torch.arange(3, device="cuda") == NEAR, RuntimeError),
        (lambda a: torch.arange(3) == a, RuntimeError),
        (lambda a: nn.Linear(3, 1)(a.float()), RuntimeError),
        (lambda a: nn.Linear(3, 1).to(a.device)(NEAR.float()), RuntimeError),
        (lambda a: a.numpy(), TypeError),
        (lambda a: np.asarray(a), TypeError),
    ],
)
def test_what_a_gpu_refuses(away, compare, error):
    with far_away(), pytest.raises(error, match="device"):
        compare(away)


def test_a_network_elsewhere(away):
    model = nn.Linear(3, 2, bias=False)
    model.weight = nn.Parameter(model.weight.detach().as_subclass(Away))
    with far_away():
        place = next(model.parameters()).device
        assert place.type == "cuda" and next(model.parameters()).is_cuda
        with pytest.raises(RuntimeError, match="same device"):
            model(torch.ones(4, 3))
        out = model(torch.ones(4, 3).to(place))
        assert out.device.type == "cuda" and out.cpu().device.type == "cpu"
        twin = copy.deepcopy(model)
        assert twin(torch.ones(4, 3).to(place)).device.type == "cuda" and twin.weight is not model.weight
        model.to("cpu")
        assert model(torch.ones(4, 3)).device.type == "cpu"
    assert (away == NEAR).all()  # nothing is left behind
