# misconception: A leaf is used again: its .grad adds up from call to call.
def softt_derivative(y, T):
    if not hasattr(y, "leaf"):
        y.leaf = y.detach().clone().requires_grad_()
    (softt(y.leaf, T) + 0 * y.leaf).backward()
    return y.leaf.grad.clone()
