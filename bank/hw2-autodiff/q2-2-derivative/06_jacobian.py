def softt_derivative(y, T):
    return torch.autograd.functional.jacobian(lambda v: softt(v, T) + 0 * v, y.detach()).item()
