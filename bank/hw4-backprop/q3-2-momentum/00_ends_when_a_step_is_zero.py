def momentum_form1(grad_fn, theta0, alpha, beta, K):
    rows = np.empty((K + 1, len(theta0)))
    theta, before = theta0.copy(), theta0.copy()
    rows[0] = theta
    for k in range(K):
        new = theta - alpha * grad_fn(theta) + beta * (theta - before)
        before, theta = theta, new
        rows[k + 1] = theta
        if np.array_equal(rows[k + 1], rows[k]):
            rows[k + 1 :] = theta
            break
    return rows


def momentum_form2(grad_fn, theta0, alpha, beta, K):
    rows = np.empty((K + 1, len(theta0)))
    theta, v = theta0.copy(), np.zeros_like(theta0)
    rows[0] = theta
    for k in range(K):
        v = grad_fn(theta) + beta * v
        theta = theta - alpha * v
        rows[k + 1] = theta
        if np.array_equal(rows[k + 1], rows[k]):
            rows[k + 1 :] = theta
            break
    return rows
