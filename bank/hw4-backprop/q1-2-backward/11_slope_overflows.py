def mlp_backward(A_list, b_list, y_list, Y):
    L = len(A_list)
    dA, db = [None] * L, [None] * L
    delta = y_list[-1] - Y
    for l in range(L - 1, -1, -1):
        dA[l] = delta @ y_list[l].T
        db[l] = delta
        if l > 0:
            t = A_list[l - 1] @ y_list[l - 1] + b_list[l - 1]
            delta = (A_list[l].T @ delta) * torch.exp(-t) / (1 + torch.exp(-t)) ** 2
    return dA, db
