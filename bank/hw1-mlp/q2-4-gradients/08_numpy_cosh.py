def mlp_gradients(W1, c1, W2, c2, x, y):
    W1, c1, W2, c2, x, y = (np.asarray(t) for t in (W1, c1, W2, c2, x, y))
    a = W1.dot(x) + c1
    z = W2.dot(1 / (1 + np.exp(-a))) + c2
    z -= z.max()
    delta = np.exp(z) / np.exp(z).sum() - y
    epsilon = 0.25 * W2.T.dot(delta) / np.cosh(a / 2) ** 2
    s = 1 / (1 + np.exp(-a))
    return np.multiply.outer(epsilon, x), epsilon, np.multiply.outer(delta, s), delta
