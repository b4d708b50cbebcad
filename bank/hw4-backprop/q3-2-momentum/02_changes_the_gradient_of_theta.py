def momentum_form1(grad_fn, theta0, alpha, beta, K):
    rows = [theta0.copy()]
    previous = theta0
    for _ in range(K):
        current = rows[-1]
        rows.append(current - alpha * grad_fn(current) + beta * (current - previous))
        previous = current
    return np.stack(rows)


def momentum_form2(grad_fn, theta0, alpha, beta, K):
    theta, v = theta0.copy(), np.zeros_like(theta0)
    rows = [theta.copy()]
    for k in range(K):
        v = grad_fn(theta) if k == 0 else grad_fn(theta) + beta * v
        theta -= alpha * v
        rows.append(theta.copy())
    return np.stack(rows)
