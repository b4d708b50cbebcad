# misconception: There is no factor ½ in φ.
def phi_gradients(module, x):
    x = x.detach().requires_grad_(True)
    r = x - module(x)
    return torch.autograd.grad(0.5 * r @ r, [x, module.M])


grad_x, grad_M = phi_gradients(module_2d, x_2d)
