def momentum_form1(grad_fn, theta0, alpha, beta, K):
    theta, previous, rows = theta0.copy(), theta0.copy(), []
    rows.append(theta)
    for _ in range(K):
        step = -alpha * grad_fn(theta) + beta * (theta - previous)
        previous = theta
        theta += step
        rows.append(theta)
    return np.stack(rows)
def momentum_form2(grad_fn, theta0, alpha, beta, K):
    theta, v, rows = theta0.copy(), np.zeros_like(theta0), []
    rows.append(theta)
    for _ in range(K):
        v = grad_fn(theta) + beta * v
        theta -= alpha * v
        rows.append(theta)
    return np.stack(rows)
