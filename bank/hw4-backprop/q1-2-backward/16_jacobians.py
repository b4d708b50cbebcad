def mlp_backward(A_list, b_list, y_list, Y):
    L = len(A_list)
    dA, db = [], []
    row = (y_list[-1] - Y).T                       # d loss / d y_L, a row
    for l in range(L, 0, -1):
        if l < L:
            s = y_list[l]
            row = row @ torch.diag((s * (1 - s)).flatten())
        db.insert(0, row.reshape(-1, 1))
        dA.insert(0, row.T @ y_list[l - 1].T)
        row = row @ A_list[l - 1]
    return dA, db
