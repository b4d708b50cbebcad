def numerical_gradient(f, x, upstream=1.0, eps=1e-6):
    gradient = np.zeros_like(x)
    for i in range(x.shape[0]):
        for j in range(x.shape[1]):
            step = np.zeros_like(x)
            step[i, j] = eps
            gradient[i, j] = np.sum(upstream * (f(x + step) - f(x - step))) / (2 * eps)
    return gradient
