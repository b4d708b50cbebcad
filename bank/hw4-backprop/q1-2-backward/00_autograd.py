def mlp_backward(A_list, b_list, y_list, Y):
    A2 = [A.clone().requires_grad_() for A in A_list]
    b2 = [v.clone().requires_grad_() for v in b_list]
    y = y_list[0]
    for A, v in zip(A2[:-1], b2[:-1]):
        y = torch.sigmoid(A @ y + v)
    (0.5 * (A2[-1] @ y + b2[-1] - Y) ** 2).sum().backward()
    return [A.grad for A in A2], [v.grad for v in b2]
