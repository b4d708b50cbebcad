def phi_gradients(module, x):
    rest = {name: p.detach() for name, p in module.named_parameters()}

    def phi(x, M):
        return (x - torch.func.functional_call(module, {**rest, "M": M}, (x,))).square().sum()

    return torch.func.grad(phi, argnums=(0, 1))(x.detach(), rest["M"])


grad_x, grad_M = phi_gradients(module_2d, x_2d)
print(grad_x, grad_M)
