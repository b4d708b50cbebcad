def phi_gradients(module, x):
    if not x.requires_grad:
        x = x.clone().requires_grad_()
    ((x - module(x)) ** 2).sum().backward()
    return x.grad.clone(), module.M.grad.clone()


grad_x, grad_M = phi_gradients(module_2d, x_2d)
