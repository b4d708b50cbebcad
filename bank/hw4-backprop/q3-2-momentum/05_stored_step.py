def momentum_form1(grad_fn, theta0, alpha, beta, K):
    """The last step, θᵏ − θᵏ⁻¹, is kept beside θ."""
    theta, step = theta0.copy(), np.zeros_like(theta0)
    rows = [theta]
    for _ in range(K):
        step = beta * step - alpha * grad_fn(theta)
        theta = theta + step
        rows.append(theta)
    return np.stack(rows)


def momentum_form2(grad_fn, theta0, alpha, beta, K):
    rows, v = np.tile(theta0, (K + 1, 1)), np.zeros_like(theta0)
    for k in range(K):
        v = beta * v + grad_fn(rows[k])
        rows[k + 1] = rows[k] - alpha * v
    return rows
