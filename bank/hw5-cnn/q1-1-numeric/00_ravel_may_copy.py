def numerical_gradient(f, x, upstream=1.0, eps=1e-6):
    gradient = np.zeros(x.size)
    flat = x.ravel()  # a view of x only where x lies in one piece
    for i in range(flat.size):
        kept = flat[i]
        flat[i] = kept + eps
        above = np.sum(upstream * f(x))
        flat[i] = kept - eps
        below = np.sum(upstream * f(x))
        flat[i] = kept
        gradient[i] = (above - below) / (2 * eps)
    return gradient.reshape(x.shape)
