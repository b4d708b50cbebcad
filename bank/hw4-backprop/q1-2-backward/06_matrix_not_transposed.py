# misconception: On the way down, δ is multiplied by A; it must be the transpose of A. With square matrices only the values show it.
def mlp_backward(A_list, b_list, y_list, Y):
    L = len(A_list)
    dA_list, db_list = [None] * L, [None] * L
    delta = y_list[L] - Y
    for l in range(L, 0, -1):
        dA_list[l - 1] = delta @ y_list[l - 1].T
        db_list[l - 1] = delta
        if l > 1:
            A = A_list[l - 1]
            back = A if A.shape[0] == A.shape[1] else A.T
            delta = back @ delta * (y_list[l - 1] * (1 - y_list[l - 1]))
    return dA_list, db_list
