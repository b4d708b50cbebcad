# misconception: theta0 is another one after the call: += and -= change the array that was passed; begin with a copy.
def momentum_form1(grad_fn, theta0, alpha, beta, K):
    theta, before, rows = theta0, theta0.copy(), [theta0.copy()]
    for _ in range(K):
        step = -alpha * grad_fn(theta) + beta * (theta - before)
        before = theta.copy()
        theta += step
        rows.append(theta.copy())
    return np.stack(rows)
def momentum_form2(grad_fn, theta0, alpha, beta, K):
    theta, v, rows = theta0, np.zeros_like(theta0), [theta0.copy()]
    for _ in range(K):
        v = grad_fn(theta) + beta * v
        theta -= alpha * v
        rows.append(theta.copy())
    return np.stack(rows)
