def numerical_gradient(f, x, upstream=1.0, eps=1e-6):
    gradient, h = np.zeros_like(x), 1e-5
    for index in np.ndindex(x.shape):
        step = np.zeros_like(x)
        step[index] = h
        gradient[index] = np.sum(upstream * (f(x + step) - f(x - step))) / (2 * h)
    return gradient
