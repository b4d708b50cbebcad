def mlp_forward(A_list, b_list, X):
    L = len(A_list)
    y = [None] * (L + 1)
    y[0] = X
    for l in range(1, L + 1):
        z = torch.addmm(b_list[l - 1], A_list[l - 1], y[l - 1])
        y[l] = 1 / (1 + torch.exp(-z)) if l < L else z
    return tuple(y)
