def _run(grad_fn, theta0, alpha, beta, K):
    theta, v, rows = theta0.copy(), np.zeros_like(theta0), [theta0.copy()]
    for _ in range(K):
        v = beta * v + grad_fn(theta)
        theta = theta - alpha * v
        rows.append(theta)
    return np.array(rows)


def momentum_form1(grad_fn, theta0, alpha, beta, K):
    return _run(grad_fn, theta0, alpha, beta, K)


def momentum_form2(grad_fn, theta0, alpha, beta, K):
    return _run(grad_fn, theta0, alpha, beta, K)
