# misconception: That is the derivative with respect to T, not to y.
def softt_derivative(y, T):
    leaf = torch.tensor(float(T), dtype=torch.float64, requires_grad=True)
    out = softt(y.detach(), leaf)
    if not out.requires_grad:
        return torch.tensor(0.0, dtype=y.dtype)
    g, = torch.autograd.grad(out, leaf, allow_unused=True)
    return g if g is not None else torch.tensor(0.0, dtype=y.dtype)
