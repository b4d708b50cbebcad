def numerical_gradient(f, x, upstream=1.0, eps=1e-6):
    grad = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        old = x[i]
        x[i] = old + eps
        plus = np.sum(upstream * f(x))
        x[i] = old - eps
        minus = np.sum(upstream * f(x))
        grad[i] = (plus - minus) / (2 * eps)
        x[i] = round(old, 12)
    return grad
