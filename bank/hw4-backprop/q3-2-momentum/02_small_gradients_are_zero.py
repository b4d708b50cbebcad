def momentum_form1(grad_fn, theta0, alpha, beta, K):
    """Form I."""
    rows = [theta0, theta0]
    for _ in range(K):
        rows.append(rows[-1] - alpha * grad_fn(rows[-1]) + beta * (rows[-1] - rows[-2]))
    return np.array(rows[1:])


def momentum_form2(grad_fn, theta0, alpha, beta, K):
    """Form II."""
    rows, v = [theta0.copy()], np.zeros_like(theta0)
    for _ in range(K):
        g = grad_fn(rows[-1])
        if np.linalg.norm(g) < 1e-3:
            g = np.zeros_like(g)
            v = np.zeros_like(v)
        v = g + beta * v
        rows.append(rows[-1] - alpha * v)
    return np.array(rows)
