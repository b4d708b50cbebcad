# misconception: The two points are 2 eps apart, so the difference is divided by 2 eps.
def numerical_gradient(f, x, upstream=1.0, eps=1e-6):
    gradient = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        step = np.zeros_like(x)
        step[index] = eps
        gradient[index] = np.sum(upstream * (f(x + step) - f(x - step))) / eps
    return gradient
