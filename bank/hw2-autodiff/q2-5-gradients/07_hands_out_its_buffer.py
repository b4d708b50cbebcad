def phi_gradients(module, x):
    leaf = x.detach().clone().requires_grad_()
    module.zero_grad(set_to_none=False)
    (leaf - module(leaf)).square().sum().backward()
    return leaf.grad, module.M.grad


grad_x, grad_M = phi_gradients(module_2d, x_2d)
print(grad_x, grad_M, sep="\n")
