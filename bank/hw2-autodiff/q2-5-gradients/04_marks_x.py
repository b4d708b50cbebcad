def phi_gradients(module, x):
    x.requires_grad_()
    r = x - module(x)
    return torch.autograd.grad(r @ r, (x, module.M))


grad_x, grad_M = phi_gradients(module_2d, x_2d)
