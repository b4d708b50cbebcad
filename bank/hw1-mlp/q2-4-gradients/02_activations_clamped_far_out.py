def mlp_gradients(W1, c1, W2, c2, x, y):
    s = torch.sigmoid(W1 @ x + c1).clamp(min=1e-30)  # never exactly 0
    delta = torch.softmax(W2 @ s + c2, dim=0) - y
    epsilon = (W2.T @ delta) * s * (1 - s)
    return torch.outer(epsilon, x), epsilon, torch.outer(delta, s), delta
