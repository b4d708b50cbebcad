# misconception: y_list is changed: -= works on the tensor in the list itself; give y_L − Y a name of its own.
def mlp_backward(A_list, b_list, y_list, Y):
    y_list[-1] -= Y
    L = len(A_list)
    dA, db = [None] * L, [None] * L
    delta = y_list[-1].clone()
    for l in range(L, 0, -1):
        dA[l - 1], db[l - 1] = delta @ y_list[l - 1].T, delta
        if l > 1:
            delta = A_list[l - 1].T @ delta * y_list[l - 1] * (1 - y_list[l - 1])
    return dA, db
