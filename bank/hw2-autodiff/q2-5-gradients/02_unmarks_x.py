def phi_gradients(module, x):
    x.requires_grad_(True)
    phi = ((x - module(x)) ** 2).sum()
    grads = torch.autograd.grad(phi, (x, module.M))
    x.requires_grad_(False)
    return grads


grad_x, grad_M = phi_gradients(module_2d, x_2d)
