def phi_gradients(module, x):
    x = x.detach().clone().requires_grad_()
    grads = torch.autograd.grad((x - module(x)).square().sum(), (x, module.M))
    module.M.requires_grad_(False)
    return grads


grad_x, grad_M = phi_gradients(copy.deepcopy(module_2d), x_2d)
