def phi_gradients(module, x):
    z = x.detach().clone().requires_grad_()
    module.zero_grad()
    phi = torch.norm(z - module(z)) ** 2
    phi.backward()
    return z.grad, module.M.grad.clone()


grad_x, grad_M = phi_gradients(module_2d, x_2d)
