def softt_derivative(y, T):
    if not (y.requires_grad and y.is_leaf):
        leaf = y.detach().clone().requires_grad_()
        (softt(leaf, T) + 0 * leaf).backward()
        return leaf.grad
    y.grad = None
    (softt(y, T) + 0 * y).backward()
    return y.grad.clone()
