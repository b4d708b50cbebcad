def phi_gradients(module, x):
    module.requires_grad_(True)
    leaf = x.detach().clone().requires_grad_()
    return torch.autograd.grad((leaf - module(leaf)).square().sum(), (leaf, module.M))


grad_x, grad_M = phi_gradients(module_2d, x_2d)
