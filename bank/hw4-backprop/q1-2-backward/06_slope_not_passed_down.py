# misconception: σ′ is used for each layer's own gradient, but not passed on to the layers below.
def mlp_backward(A_list, b_list, y_list, Y):
    L = len(A_list)
    dA, db = [None] * L, [None] * L
    back = y_list[L] - Y
    for l in range(L, 0, -1):
        here = back * (y_list[l] * (1 - y_list[l])) if l < L else back
        dA[l - 1], db[l - 1] = here @ y_list[l - 1].T, here
        back = A_list[l - 1].T @ back
    return dA, db
