# misconception: All signs are turned: the derivative of the loss is y_L − Y.
def mlp_backward(A_list, b_list, y_list, Y):
    L = len(A_list)
    dA_list, db_list = [None] * L, [None] * L
    delta = Y - y_list[L]
    for l in range(L, 0, -1):
        dA_list[l - 1] = delta @ y_list[l - 1].T
        db_list[l - 1] = delta
        if l > 1:
            delta = A_list[l - 1].T @ delta * (y_list[l - 1] * (1 - y_list[l - 1]))
    return dA_list, db_list
