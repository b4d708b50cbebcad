# misconception: This changes the array that grad_fn returned; with a gradient that keeps its array the path is wrong.
def momentum_form1(grad_fn, theta0, alpha, beta, K):
    rows, last = [theta0.copy()], np.zeros_like(theta0)
    for _ in range(K):
        move = grad_fn(rows[-1])
        move *= -alpha
        move += beta * last
        rows.append(rows[-1] + move)
        last = move.copy()
    return np.array(rows)


def momentum_form2(grad_fn, theta0, alpha, beta, K):
    rows, v = [theta0.copy()], None
    for _ in range(K):
        g = grad_fn(rows[-1])
        if v is None:
            v = g
        else:
            v *= beta
            v += g
        rows.append(rows[-1] - alpha * v)
    return np.array(rows)
