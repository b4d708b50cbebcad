def momentum_form1(grad_fn, theta0, alpha, beta, K):
    rows = np.empty((K + 1, len(theta0)))
    theta, before = theta0.copy(), theta0.copy()
    rows[0] = theta
    for k in range(K):
        g = grad_fn(theta)
        if not np.any(g):
            rows[k + 1 :] = theta
            break
        new = theta - alpha * g + beta * (theta - before)
        before, theta = theta, new
        rows[k + 1] = theta
    return rows


def momentum_form2(grad_fn, theta0, alpha, beta, K):
    rows = np.empty((K + 1, len(theta0)))
    theta, v = theta0.copy(), np.zeros_like(theta0)
    rows[0] = theta
    for k in range(K):
        g = grad_fn(theta)
        if not np.any(g):
            rows[k + 1 :] = theta
            break
        v = g + beta * v
        theta = theta - alpha * v
        rows[k + 1] = theta
    return rows
