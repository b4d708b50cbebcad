def numerical_gradient(f, x, upstream=1.0, eps=1e-6):
    gradient = np.zeros(x.shape)
    for index in np.ndindex(*x.shape):
        step = np.zeros(x.shape)
        step[index] = eps * max(1.0, abs(x[index]))
        gradient[index] = np.sum(upstream * (f(x + step) - f(x - step))) / (2 * step[index])
    return gradient
