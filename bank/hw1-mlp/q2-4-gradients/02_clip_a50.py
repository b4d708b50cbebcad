def mlp_gradients(W1, c1, W2, c2, x, y):
    """(dW1, dc1, dW2, dc2) of the loss of one example.

    W1 (H, D), c1 (H,), W2 (C, H), c2 (C,), x (D,), y (C,); each gradient has the shape of its parameter.
    """
    a = (W1 @ x + c1).clamp(-50, 50)  # exp must not overflow
    s = 1 / (1 + torch.exp(-a))
    z = W2 @ s + c2
    delta = torch.softmax(z, dim=0) - y
    epsilon = (W2.T @ delta) * s * (1 - s)
    return torch.outer(epsilon, x), epsilon, torch.outer(delta, s), delta
