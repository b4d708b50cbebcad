def phi_gradients(module, x):
    z = torch.tensor(x.tolist(), dtype=x.dtype, requires_grad=True)
    phi = F.mse_loss(module(z), z, reduction="sum")
    return list(torch.autograd.grad(phi, [z, module.M]))


grad_x, grad_M = phi_gradients(module_2d, x_2d)
