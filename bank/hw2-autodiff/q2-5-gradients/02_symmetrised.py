# misconception: M counts as unconstrained here: its gradient is not made symmetric.
def phi_gradients(module, x):
    x = x.detach().requires_grad_(True)
    r = x - module(x)
    gx, gM = torch.autograd.grad(r @ r, [x, module.M])
    return gx, (gM + gM.T) / 2


grad_x, grad_M = phi_gradients(module_2d, x_2d)
