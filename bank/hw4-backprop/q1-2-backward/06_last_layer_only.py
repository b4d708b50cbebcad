# misconception: The layers below the last have zeros: pass δ on, through the transpose of A and σ′, down to layer 1.
def mlp_backward(A_list, b_list, y_list, Y):
    L = len(A_list)
    dA_list, db_list = [None] * L, [None] * L
    delta = y_list[L] - Y
    for l in range(1, L):
        dA_list[l - 1], db_list[l - 1] = torch.zeros_like(A_list[l - 1]), torch.zeros_like(b_list[l - 1])
    for l in range(L, L - 1, -1):
        dA_list[l - 1] = delta @ y_list[l - 1].T
        db_list[l - 1] = delta
        if l > 1:
            delta = A_list[l - 1].T @ delta * (y_list[l - 1] * (1 - y_list[l - 1]))
    return dA_list, db_list
