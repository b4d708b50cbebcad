def phi_gradients(module, x):
    z = x.detach().clone().requires_grad_()
    phi = ((z - module(z)) ** 2).sum()
    return torch.autograd.grad(phi, (z, next(module.parameters())))


grad_x, grad_M = phi_gradients(module_2d, x_2d)
