def mlp_forward(A_list, b_list, X):
    """Columns."""
    y = [X]
    for l, (A, b) in enumerate(zip(A_list, b_list), 1):
        t = A @ y[-1] + b
        y.append(t if l == len(A_list) else torch.sigmoid(t.clamp(-5, 5)))
    return y
