def phi_gradients(module, x):
    x = x.detach().requires_grad_(True)
    r = x - module(x)
    return torch.autograd.grad(r @ r, [x, module.M])


grad_x, grad_M = phi_gradients(module_2d, 2 * x_2d)
