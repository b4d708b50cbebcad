def phi_gradients(module, x):
    leaf = x.detach().clone().requires_grad_()
    module.zero_grad()
    (leaf - module(leaf)).square().sum().backward()
    gradients = {name: p.grad.clone() for name, p in module.named_parameters()}
    return leaf.grad, gradients["M"]


grad_x, grad_M = phi_gradients(module_2d, x_2d)
