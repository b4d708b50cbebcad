def softt_derivative(y, T):
    return torch.func.grad(lambda v: softt(v, T) + 0 * v)(y.detach())
