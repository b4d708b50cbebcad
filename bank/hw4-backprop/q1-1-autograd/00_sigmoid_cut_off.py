def autograd_gradients(A_list, b_list, X, Y):
    A = [a.clone().requires_grad_() for a in A_list]
    b = [v.clone().requires_grad_() for v in b_list]
    y = X
    for l in range(len(A)):
        y = A[l] @ y + b[l]
        if l < len(A) - 1:
            y = torch.sigmoid(y.clamp(-8, 8))
    loss = 0.5 * ((y - Y) ** 2).sum()
    loss.backward()
    return [a.grad for a in A], [v.grad for v in b]
