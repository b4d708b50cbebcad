def phi_gradients(module, x):
    """(∂φ/∂x (d,), ∂φ/∂M (d, d)) of φ = |x − module(x)|²."""
    had = x.requires_grad
    if x.is_leaf:
        x.requires_grad_(True)
    else:
        x.retain_grad()
    x.grad = None
    module.zero_grad()
    phi = ((x - module(x)) ** 2).sum()
    phi.backward()
    result = x.grad.clone(), module.M.grad.clone()
    if x.is_leaf:
        x.requires_grad_(had)
    return result


grad_x, grad_M = phi_gradients(module_2d, x_2d)
print(grad_x, grad_M, sep="\n")
