# misconception: A second call overwrites the gradients that the first has returned: the leaves and their .grad are kept.
_leaves = {}


def autograd_gradients(A_list, b_list, X, Y):
    shapes = tuple(a.shape for a in A_list)
    if shapes not in _leaves:
        _leaves[shapes] = [[t.clone().requires_grad_() for t in ts] for ts in (A_list, b_list)]
    A, b = _leaves[shapes]
    with torch.no_grad():
        for mine, given in zip([*A, *b], [*A_list, *b_list]):
            mine.copy_(given)
            if mine.grad is not None:
                mine.grad.zero_()
    loss = 0.5 * ((mlp_forward(A, b, X)[-1] - Y) ** 2).sum()
    loss.backward()
    return [a.grad for a in A], [v.grad for v in b]
