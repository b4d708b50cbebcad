def numerical_gradient(f, x, upstream=1.0, eps=1e-6):
    grad = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        x[i] += eps
        plus = np.sum(upstream * f(x))
        x[i] -= 2 * eps
        minus = np.sum(upstream * f(x))
        x[i] += eps
        grad[i] = (plus - minus) / (2 * eps)
    return grad
