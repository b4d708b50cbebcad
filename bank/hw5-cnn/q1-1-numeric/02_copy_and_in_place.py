def numerical_gradient(f, x, upstream=1.0, eps=1e-6):
    point, result = np.array(x, dtype=float), np.zeros(np.shape(x))
    for i, _ in np.ndenumerate(x):
        values = []
        for sign in (1, -1):
            point[i] = x[i] + sign * eps
            values.append(np.sum(upstream * f(point.copy())))
        point[i] = x[i]
        result[i] = (values[0] - values[1]) / (2 * eps)
    return result
