def softt_derivative(y, T):
    t = y.clone()
    if not t.requires_grad:
        t.requires_grad_()
    else:
        t.retain_grad()
    value = softt(t, T)
    if value.grad_fn is None:
        return torch.tensor(0.0)
    before = None if y.grad is None or not y.is_leaf else y.grad.clone()
    value.backward(retain_graph=True)
    if y.is_leaf:
        y.grad = before
    return torch.tensor(0.0) if t.grad is None else t.grad
