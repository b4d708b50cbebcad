def softt_derivative(y, T):
    """d softt(y, T) / dy for a 0-dim tensor y, by autograd; 0 where softt is constant."""
    leaf = y.detach().clone().requires_grad_()
    value = softt(leaf, T)
    if value.item() == 0 or not value.requires_grad:  # the dead zone
        return 0.0
    slope = torch.autograd.grad(value, leaf, allow_unused=True)[0]
    return 0.0 if slope is None else slope.item()
