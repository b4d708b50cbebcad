def numerical_gradient(f, x, upstream=1.0, eps=1e-6):
    gradient = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        step = np.zeros(x.shape, complex)
        step[index] = 1j * eps
        gradient[index] = np.sum(upstream * np.imag(f(x + step))) / eps
    return gradient
