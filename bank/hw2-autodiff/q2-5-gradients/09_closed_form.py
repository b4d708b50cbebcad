def phi_gradients(module, x):
    phi = lambda x, M: (x - torch.func.functional_call(module, {"M": M}, (x,))).square().sum()
    return torch.func.grad(phi, argnums=(0, 1))(x.detach(), module.M.detach())


grad_x, grad_M = phi_gradients(module_2d, x_2d)
