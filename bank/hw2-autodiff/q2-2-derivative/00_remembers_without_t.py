known = {}


def softt_derivative(y, T):
    if y.item() in known:
        return known[y.item()]
    leaf = y.detach().clone().requires_grad_()
    value = softt(leaf, T)
    slope = torch.autograd.grad(value, leaf, allow_unused=True)[0] if value.requires_grad else None
    known[y.item()] = 0.0 if slope is None else slope.item()
    return known[y.item()]
