def mlp_backward(A_list, b_list, y_list, Y):
    from collections import deque

    dA, db = deque(), deque()
    delta = y_list[-1] - Y
    for A, y in zip(reversed(A_list), reversed(y_list[:-1])):
        dA.appendleft(torch.outer(delta.flatten(), y.flatten()))
        db.appendleft(delta.clone())
        delta = torch.mul(A.t().mm(delta), y - y**2)
    return list(dA), list(db)
