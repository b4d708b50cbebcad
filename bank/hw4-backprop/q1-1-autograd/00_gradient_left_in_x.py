def autograd_gradients(A_list, b_list, X, Y):
    A = [t.clone().requires_grad_() for t in A_list]
    b = [t.clone().requires_grad_() for t in b_list]
    X.requires_grad_(True)
    (0.5 * (mlp_forward(A, b, X)[-1] - Y) ** 2).sum().backward()
    X.requires_grad_(False)
    return [t.grad for t in A], [t.grad for t in b]
