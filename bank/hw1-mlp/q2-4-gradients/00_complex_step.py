def mlp_gradients(W1, c1, W2, c2, x, y, h=1e-30):
    params = [p.to(torch.complex128).clone() for p in (W1, c1, W2, c2)]

    def loss():
        a, b, c, d = params
        s = 1 / (1 + torch.exp(-(a @ x.to(a.dtype) + b)))
        z = c @ s + d
        return -(y * (z - torch.log(torch.exp(z).sum()))).sum()

    grads = []
    for p in params:
        g = torch.zeros(p.shape, dtype=torch.float64)
        for i in range(p.numel()):
            p.view(-1)[i] += 1j * h
            g.view(-1)[i] = loss().imag / h
            p.view(-1)[i] -= 1j * h
        grads.append(g)
    return tuple(grads)
