# misconception: φ is the distance of x and its image, a difference; yours is a sum.
def phi_gradients(module, x):
    x = x.detach().requires_grad_(True)
    r = x + module(x)
    return torch.autograd.grad(r @ r, [x, module.M])


grad_x, grad_M = phi_gradients(module_2d, x_2d)
