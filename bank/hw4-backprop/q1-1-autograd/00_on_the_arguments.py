def autograd_gradients(A_list, b_list, X, Y):
    for t in A_list + b_list:
        t.requires_grad_()
    loss = (0.5 * (mlp_forward(A_list, b_list, X)[-1] - Y) ** 2).sum()
    loss.backward()
    return [A.grad for A in A_list], [t.grad for t in b_list]
