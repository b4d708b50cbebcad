def autograd_gradients(A_list, b_list, X, Y):
    A_new = [torch.clone(A).requires_grad_(True) for A in A_list]
    b_new = [torch.clone(b).requires_grad_(True) for b in b_list]
    out = mlp_forward(A_new, b_new, X)[-1]
    loss = 0.5 * torch.sum((out - Y) ** 2)
    grads = torch.autograd.grad(loss, A_new + b_new, create_graph=True)
    return grads[: len(A_list)], grads[len(A_list) :]
