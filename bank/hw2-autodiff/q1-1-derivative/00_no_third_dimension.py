def _d(x):
    c = x**3
    y = 2 + c + torch.log(1 + c)
    return 3 * x**2 * (1 + 1 / (1 + c)) * (0.5 / torch.sqrt(y) + torch.cos(y))


def my_derivative(x):
    if x.dim() < 2:
        return _d(x)
    out = torch.zeros(x.shape[0], x.shape[1], dtype=x.dtype)
    for i in range(x.shape[0]):
        for j in range(x.shape[1]):
            out[i, j] = _d(x[i, j])
    return out
