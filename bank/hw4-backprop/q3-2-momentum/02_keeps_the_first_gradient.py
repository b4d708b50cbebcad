def momentum_form1(grad_fn, theta0, alpha, beta, K):
    rows = [theta0.copy()]
    previous = theta0
    for _ in range(K):
        current = rows[-1]
        rows.append(current - alpha * grad_fn(current) + beta * (current - previous))
        previous = current
    return np.stack(rows)

def momentum_form2(grad_fn, theta0, alpha, beta, K):
    rows, v = [theta0.copy()], None
    for _ in range(K):
        v = grad_fn(rows[-1]) if v is None else grad_fn(rows[-1]) + beta * v
        rows.append(rows[-1] - alpha * v)
    return np.stack(rows)
