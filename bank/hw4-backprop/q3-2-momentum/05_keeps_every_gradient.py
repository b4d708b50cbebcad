def momentum_form1(grad_fn, theta0, alpha, beta, K):
    rows = [theta0.copy()]
    previous = theta0
    for _ in range(K):
        current = rows[-1]
        rows.append(current - alpha * grad_fn(current) + beta * (current - previous))
        previous = current
    return np.stack(rows)

def momentum_form2(grad_fn, theta0, alpha, beta, K):
    rows, gs = [theta0.copy()], []
    for _ in range(K):
        gs.append(grad_fn(rows[-1]))
        v = sum(beta**i * g for i, g in enumerate(reversed(gs)))
        rows.append(rows[-1] - alpha * v)
    return np.stack(rows)
