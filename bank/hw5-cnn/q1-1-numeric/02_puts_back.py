def numerical_gradient(f, x, upstream=1.0, eps=1e-6):
    found = np.empty(x.shape)
    walk = np.nditer(x, flags=["multi_index"])
    while not walk.finished:
        i = walk.multi_index
        kept = x[i]
        x[i] = kept + eps
        above = np.sum(np.multiply(upstream, f(x.copy())))
        x[i] = kept - eps
        below = np.sum(np.multiply(upstream, f(x.copy())))
        x[i] = kept
        found[i] = (above - below) / 2 / eps
        walk.iternext()
    return found
