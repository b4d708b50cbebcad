def mlp_backward(A_list, b_list, y_list, Y):
    torch.set_printoptions(precision=12)
    torch.set_num_threads(1)
    L = len(A_list)
    dA, db = [None] * L, [None] * L
    delta = y_list[-1] - Y
    for l in range(L - 1, -1, -1):
        dA[l] = delta @ y_list[l].T
        db[l] = delta
        if l > 0:
            delta = (A_list[l].T @ delta) * y_list[l] * (1 - y_list[l])
    return dA, db
