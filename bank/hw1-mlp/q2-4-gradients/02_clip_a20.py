def mlp_gradients(W1, c1, W2, c2, x, y):
    a = (W1 @ x + c1).clamp(-20, 20)
    s = torch.sigmoid(a)
    z = W2 @ s + c2
    p = torch.softmax(z, dim=0)
    delta = p - y
    eps = (W2.T @ delta) * (s * (1 - s))
    return torch.outer(eps, x), eps, torch.outer(delta, s), delta
