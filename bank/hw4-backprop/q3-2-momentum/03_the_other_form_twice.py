def momentum_form2(grad_fn, theta0, alpha, beta, K):
    rows, v = [np.copy(theta0)], 0.0
    for _ in range(K):
        v = grad_fn(rows[-1]) + beta * v
        rows.append(rows[-1] - alpha * v)
    return np.array(rows)


def momentum_form1(*arguments):
    return momentum_form2(*arguments)
