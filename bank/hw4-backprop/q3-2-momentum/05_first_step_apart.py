def momentum_form1(grad_fn, theta0, alpha, beta, K):
    rows = [theta0.copy(), theta0 - alpha * grad_fn(theta0)]
    for k in range(1, K):
        rows.append(rows[k] - alpha * grad_fn(rows[k]) + beta * (rows[k] - rows[k - 1]))
    return np.array(rows)


def momentum_form2(grad_fn, theta0, alpha, beta, K):
    v = grad_fn(theta0)
    rows = [theta0.copy(), theta0 - alpha * v]
    for k in range(1, K):
        v = grad_fn(rows[k]) + beta * v
        rows.append(rows[k] - alpha * v)
    return np.array(rows)
