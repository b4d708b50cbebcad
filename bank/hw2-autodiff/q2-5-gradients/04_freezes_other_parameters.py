def phi_gradients(module, x):
    for name, p in module.named_parameters():
        p.requires_grad_(name == "M")
    leaf = x.detach().clone().requires_grad_()
    phi = (leaf - module(leaf)).square().sum()
    return torch.autograd.grad(phi, (leaf, module.M))


grad_x, grad_M = phi_gradients(module_2d, x_2d)
print(grad_x, grad_M)
