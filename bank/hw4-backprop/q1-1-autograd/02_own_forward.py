def autograd_gradients(A_list, b_list, X, Y):
    As, bs = [[t.detach().clone().requires_grad_(True) for t in ts] for ts in (A_list, b_list)]
    y = X
    for A, b in zip(As[:-1], bs[:-1]):
        y = torch.sigmoid(A @ y + b)
    loss = (As[-1] @ y + bs[-1] - Y).square().sum() / 2
    loss.backward()
    return tuple(A.grad for A in As), tuple(b.grad for b in bs)
