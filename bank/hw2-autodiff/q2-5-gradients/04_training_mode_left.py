def phi_gradients(module, x):
    module.train()
    z = x.detach().clone().requires_grad_()
    return torch.autograd.grad((z - module(z)).square().sum(), (z, module.M))


grad_x, grad_M = phi_gradients(module_2d, x_2d)
