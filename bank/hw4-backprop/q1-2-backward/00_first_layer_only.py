# misconception: The layers above the first have zeros: each layer has gradients of its own, read off on the way down.
def mlp_backward(A_list, b_list, y_list, Y):
    L = len(A_list)
    dA_list, db_list = [torch.zeros_like(A) for A in A_list], [torch.zeros_like(v) for v in b_list]
    delta = y_list[L] - Y
    for l in range(L - 1, 0, -1):
        delta = A_list[l].T @ delta * (y_list[l] * (1 - y_list[l]))
    dA_list[0], db_list[0] = delta @ y_list[0].T, delta
    return dA_list, db_list
