def momentum_form2(grad_fn, theta0, alpha, beta, K):
    rows, v = [theta0.copy()], np.zeros_like(theta0)
    for _ in range(K):
        v = grad_fn(rows[-1]) + beta * v
        rows.append(rows[-1] - alpha * v)
    return np.stack(rows)


momentum_form1 = momentum_form2
