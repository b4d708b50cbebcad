def numerical_gradient(f, x, upstream=1.0, eps=1e-6):
    grad = np.zeros(x.shape)
    for i in np.ndindex(*x.shape):
        up, down = x.copy(), x.copy()
        up[i] += eps
        down[i] -= eps
        grad[i] = np.vdot(upstream, f(up) - f(down)) / (2 * eps)
    return grad
