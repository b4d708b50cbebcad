def softt_derivative(y, T):
    value = softt(y.detach().clone(), T)
    return torch.zeros_like(value)
