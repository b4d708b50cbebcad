def numerical_gradient(f, x, upstream=1.0, eps=1e-6):
    gradient = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        step = np.zeros_like(x)
        step[index] = eps
        gradient[index] = np.mean(upstream * (f(x + step) - f(x - step))) / (2 * eps)
    return gradient
