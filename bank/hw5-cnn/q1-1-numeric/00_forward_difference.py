# misconception: This is a one-sided difference: central differences step to both sides, and divide by 2 eps.
def numerical_gradient(f, x, upstream=1.0, eps=1e-6):
    gradient = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        moved = x.copy()
        moved[index] += eps
        gradient[index] = np.sum(upstream * (f(moved) - f(x))) / eps
    return gradient
