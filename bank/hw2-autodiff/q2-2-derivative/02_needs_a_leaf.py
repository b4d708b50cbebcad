def softt_derivative(y, T):
    y.requires_grad_(True)
    return torch.autograd.grad(softt(y, T) + 0 * y, y)[0]
