def numerical_gradient(f, x, upstream=1.0, eps=1e-6):
    grad = np.zeros_like(x)
    if len(x) == 0:
        return grad
    for i in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[i] += eps
        down[i] -= eps
        grad[i] = np.sum(upstream * (np.asarray(f(up)) - np.asarray(f(down)))) / (2 * eps)
    return grad
