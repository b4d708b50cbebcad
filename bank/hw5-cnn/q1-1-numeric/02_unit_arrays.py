def numerical_gradient(f, x, upstream=1.0, eps=1e-6):
    units = eps * np.eye(x.size).reshape(x.size, *x.shape)
    above, below = (np.array([f(x + sign * E) for E in units]) for sign in (1, -1))
    weighted = (above - below) * np.asarray(upstream)
    return weighted.reshape(x.size, -1).sum(axis=1).reshape(x.shape) / (2 * eps)
