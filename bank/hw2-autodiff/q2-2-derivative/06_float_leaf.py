def softt_derivative(y, T):
    leaf = torch.tensor(float(y), requires_grad=True)
    slope = torch.autograd.grad(softt(leaf, T) + 0 * leaf, leaf)[0]
    return slope.item()
