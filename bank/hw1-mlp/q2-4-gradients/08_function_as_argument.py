def mlp_gradients(W1, c1, W2, c2, x, y):
    def layer(func, W, c, v):
        return func(torch.einsum("ij,j->i", W, v) + c)

    s = layer(lambda a: 1 / (1 + torch.exp(-a)), W1, c1, x)
    p = layer(lambda z: torch.exp(z - z.max()), W2, c2, s)
    p = p / p.sum()
    delta = torch.diag(p) @ torch.ones_like(p) - y
    epsilon = torch.diag(s - s**2) @ W2.T @ delta
    return [torch.einsum("i,j", epsilon, x), epsilon, torch.einsum("i,j", delta, s), delta]
