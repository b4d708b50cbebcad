def mlp_gradients(W1, c1, W2, c2, x, y):
    x, y = x.unsqueeze(1), y.unsqueeze(1)
    s = 1 / (1 + torch.exp(-(W1 @ x + c1.unsqueeze(1))))
    z = W2 @ s + c2.unsqueeze(1)
    e = torch.exp(z - z.max())
    delta = e / e.sum() - y
    eps = W2.T @ delta * (s * (1 - s))
    return [eps @ x.T, eps.squeeze(1), delta @ s.T, delta.squeeze(1)]
