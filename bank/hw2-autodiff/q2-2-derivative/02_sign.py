# misconception: The sign of the derivative is turned.
def softt_derivative(y, T):
    leaf = y.detach().clone().requires_grad_(True)
    out = softt(leaf, T)
    if not out.requires_grad:
        return torch.tensor(0.0, dtype=y.dtype)
    g, = torch.autograd.grad(out, leaf, allow_unused=True)
    return -g if g is not None else torch.tensor(0.0, dtype=y.dtype)
