def autograd_gradients(A_list, b_list, X, Y):
    everything = [*A_list, *b_list]
    for tensor in everything:
        tensor.requires_grad = True
    (torch.square(mlp_forward(A_list, b_list, X)[-1] - Y) / 2).backward()
    gradients = [tensor.grad for tensor in everything]
    for tensor in everything:
        tensor.requires_grad_(False)
        tensor.grad = None
    return gradients[: len(A_list)], gradients[len(A_list) :]
