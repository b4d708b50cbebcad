def mlp_gradients(W1, c1, W2, c2, x, y):
    W1_, c1_, W2_, c2_, x_, y_ = (t.numpy() for t in (W1, c1, W2, c2, x, y))
    s = 1 / (1 + np.exp(-(W1_ @ x_ + c1_)))
    z = W2_ @ s + c2_
    p = np.exp(z - z.max())
    d = p / p.sum() - y_
    e = (W2_.T @ d) * s * (1 - s)
    return tuple(torch.from_numpy(g) for g in (np.outer(e, x_), e, np.outer(d, s), d))
