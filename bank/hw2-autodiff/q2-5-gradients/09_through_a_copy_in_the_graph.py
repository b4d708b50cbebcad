def phi_gradients(module, x):
    x = x.clone()
    if not x.requires_grad:
        x.requires_grad_()
    return torch.autograd.grad((x - module(x)).square().sum(), (x, module.M))


grad_x, grad_M = phi_gradients(module_2d, x_2d)
