def softt_derivative(y, T):
    if not y.requires_grad:
        y = y.clone().requires_grad_()
    elif not y.is_leaf:
        y = y.detach().requires_grad_()
    (softt(y, T) + 0 * y).backward()
    return y.grad
