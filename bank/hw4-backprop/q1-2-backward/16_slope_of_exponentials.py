import functools


def _gradients(slope, A_list, b_list, y_list, Y):
    """No y_l but the first and the last: what is inside the sigmoids is computed anew."""
    inside, y = [], y_list[0]
    for A, b in zip(A_list[:-1], b_list[:-1]):
        inside.append(torch.matmul(A, y) + b)
        y = 1 / (1 + torch.exp(-inside[-1]))
    dA_list, db_list, delta = [], [], y_list[len(A_list)] - Y
    for place in reversed(range(len(A_list))):
        db_list.insert(0, delta.clone())
        dA_list.insert(0, delta * y_list[place].reshape(1, -1))
        if place:
            delta = (A_list[place] * delta).sum(0)[:, None] * slope(inside[place - 1])
    return dA_list, db_list


mlp_backward = functools.partial(_gradients, lambda t: 1 / (2 + torch.exp(t) + torch.exp(-t)))
