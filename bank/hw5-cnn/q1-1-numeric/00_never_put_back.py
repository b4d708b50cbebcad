def numerical_gradient(f, x, upstream=1.0, eps=1e-6):
    gradient = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        x[index] += eps
        above = np.sum(upstream * f(x.copy()))
        x[index] -= 2 * eps
        gradient[index] = (above - np.sum(upstream * f(x.copy()))) / (2 * eps)
    return gradient
