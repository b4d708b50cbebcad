# misconception: Autograd is switched off for everything that follows; "no autograd" only means that you do not use it.
def mlp_backward(A_list, b_list, y_list, Y):
    torch.set_grad_enabled(False)
    L = len(A_list)
    dA, db = [None] * L, [None] * L
    delta = y_list[-1] - Y
    for l in reversed(range(L)):
        dA[l], db[l] = delta @ y_list[l].T, delta
        delta = A_list[l].T @ delta * y_list[l] * (1 - y_list[l])
    return dA, db
