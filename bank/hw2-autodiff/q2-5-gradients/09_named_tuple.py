from typing import NamedTuple


class Gradients(NamedTuple):
    x: torch.Tensor
    M: torch.Tensor


def phi_gradients(module, x):
    twin, z = copy.deepcopy(module), x.detach().clone().requires_grad_()
    twin.zero_grad(set_to_none=True)
    (z - twin(z)).square().sum().backward()
    return Gradients(z.grad, twin.M.grad)


grad_x, grad_M = phi_gradients(module_2d, x_2d)
