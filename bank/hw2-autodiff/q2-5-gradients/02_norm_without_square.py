# misconception: The norm is squared in φ: yours is not.
def phi_gradients(module, x):
    x = x.detach().requires_grad_(True)
    r = x - module(x)
    return torch.autograd.grad((r @ r).sqrt(), [x, module.M])


grad_x, grad_M = phi_gradients(module_2d, x_2d)
