# misconception: Columns become vectors: a hidden layer of one unit has none.
def mlp_backward(A_list, b_list, y_list, Y):
    y = [t.squeeze() for t in y_list]
    delta = (y_list[-1] - Y).reshape(1)
    dA_list, db_list = [], []
    for l in range(len(A_list), 0, -1):
        dA_list.append(torch.outer(delta, y[l - 1]))
        db_list.append(delta.unsqueeze(1))
        delta = (A_list[l - 1].T @ delta).squeeze() * y[l - 1] * (1 - y[l - 1])
    return dA_list[::-1], db_list[::-1]
