def phi_gradients(module, x):
    z = x.detach().clone().requires_grad_()
    return torch.autograd.grad(torch.dist(z, module(z)) ** 2, (z, module.M))


grad_x, grad_M = (g.numpy() for g in phi_gradients(module_2d, x_2d))
