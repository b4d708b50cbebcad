# misconception: The derivative of the sigmoid is y(1 − y): the factor 1 − y is missing.
def mlp_backward(A_list, b_list, y_list, Y):
    L = len(A_list)
    dA_list, db_list = [None] * L, [None] * L
    delta = y_list[L] - Y
    for l in range(L, 0, -1):
        dA_list[l - 1] = delta @ y_list[l - 1].T
        db_list[l - 1] = delta
        if l > 1:
            delta = A_list[l - 1].T @ delta * y_list[l - 1]
    return dA_list, db_list
