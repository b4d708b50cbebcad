def softt_derivative(y, T):
    return torch.func.grad(softt)(y.detach(), T)
