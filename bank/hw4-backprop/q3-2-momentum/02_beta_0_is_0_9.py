def momentum_form1(grad_fn, theta0, alpha, beta, K):
    rows = [theta0.copy()]
    previous = theta0
    for _ in range(K):
        current = rows[-1]
        rows.append(current - alpha * grad_fn(current) + beta * (current - previous))
        previous = current
    return np.stack(rows)


def momentum_form2(grad_fn, theta0, alpha, beta, K):
    beta = beta or 0.9
    rows, v = [theta0.copy()], np.zeros_like(theta0)
    for _ in range(K):
        v = grad_fn(rows[-1]) + beta * v
        rows.append(rows[-1] - alpha * v)
    return np.stack(rows)
