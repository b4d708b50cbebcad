def softt_derivative(y, T):
    leaf = y.detach().clone().requires_grad_(True)
    return torch.autograd.grad(softt(leaf, T), leaf, allow_unused=True)[0]
