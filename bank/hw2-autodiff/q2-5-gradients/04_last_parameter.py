def phi_gradients(module, x):
    z = x.detach().clone().requires_grad_()
    *_, M = module.parameters()
    return torch.autograd.grad((z - module(z)).square().sum(), (z, M))


grad_x, grad_M = phi_gradients(module_2d, x_2d)
