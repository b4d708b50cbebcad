def phi_gradients(module, x):
    """(∂φ/∂x (d,), ∂φ/∂M (d, d)) of φ = |x − module(x)|²."""
    leaf = x.detach().clone().requires_grad_()
    phi = ((leaf - module(leaf)) ** 2).sum()
    names, parameters = zip(*module.named_parameters())
    gradient_x, *others = torch.autograd.grad(phi, [leaf, *parameters])
    return gradient_x, dict(zip(names, others))["M"]


grad_x, grad_M = phi_gradients(module_2d, x_2d)
print(grad_x, grad_M, sep="\n")
