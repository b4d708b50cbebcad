# misconception: That is the sum of the difference, not its squared norm.
def phi_gradients(module, x):
    x = x.detach().requires_grad_(True)
    r = x - module(x)
    return torch.autograd.grad(r.sum(), [x, module.M])


grad_x, grad_M = phi_gradients(module_2d, x_2d)
