# misconception: The gradients stay in .grad: a second call on the same tensors adds to them.
def autograd_gradients(A_list, b_list, X, Y):
    for tensor in [*A_list, *b_list]:
        tensor.requires_grad_(True)
    loss = 0.5 * (mlp_forward(A_list, b_list, X)[-1] - Y) ** 2
    loss.sum().backward()
    for tensor in [*A_list, *b_list]:
        tensor.requires_grad_(False)
    return [A.grad for A in A_list], [b.grad for b in b_list]
