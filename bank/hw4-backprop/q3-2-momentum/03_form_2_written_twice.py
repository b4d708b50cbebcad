def momentum_form1(grad_fn, theta0, alpha, beta, K):
    rows = np.empty((K + 1, len(theta0)))
    theta, v = theta0.copy(), np.zeros_like(theta0)
    rows[0] = theta
    for k in range(K):
        v = grad_fn(theta) + beta * v
        theta = theta - alpha * v
        rows[k + 1] = theta
    return rows


def momentum_form2(grad_fn, theta0, alpha, beta, K):
    rows = np.empty((K + 1, len(theta0)))
    theta, v = theta0.copy(), np.zeros_like(theta0)
    rows[0] = theta
    for k in range(K):
        v = grad_fn(theta) + beta * v
        theta = theta - alpha * v
        rows[k + 1] = theta
    return rows
