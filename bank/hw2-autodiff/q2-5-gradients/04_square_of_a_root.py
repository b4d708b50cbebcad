def phi_gradients(module, x):
    leaf = x.detach().clone().requires_grad_()
    phi = ((leaf - module(leaf)) ** 2).sum().sqrt() ** 2
    return torch.autograd.grad(phi, (leaf, module.M))


grad_x, grad_M = phi_gradients(module_2d, x_2d)
print(grad_x, grad_M, sep="\n")
