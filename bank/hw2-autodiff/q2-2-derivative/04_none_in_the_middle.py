def softt_derivative(y, T):
    leaf = y.detach().clone().requires_grad_(True)
    if abs(float(y)) <= T:
        return None
    return torch.autograd.grad(softt(leaf, T), leaf)[0]
