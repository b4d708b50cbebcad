def softt_derivative(y, T):
    leaf = y.detach().clone().requires_grad_()
    value = softt(leaf, T)
    slope = torch.autograd.grad(value, leaf, allow_unused=True)[0] if value.requires_grad else None
    return 0.0 if slope is None else abs(slope.item())  # softt rises
