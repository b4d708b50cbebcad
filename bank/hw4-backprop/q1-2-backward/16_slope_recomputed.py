def mlp_backward(A_list, b_list, y_list, Y):
    dA, db = [], []
    g = y_list[-1] - Y
    for l in reversed(range(len(A_list))):
        if l < len(A_list) - 1:
            z = A_list[l] @ y_list[l] + b_list[l]
            g = g * torch.sigmoid(z) * torch.sigmoid(-z)
        dA.append(torch.outer(g[:, 0], y_list[l][:, 0]))
        db.append(g.clone())
        g = A_list[l].T @ g
    return dA[::-1], db[::-1]
