from itertools import islice


def _run(steps, K):
    """The first K + 1 iterates of a generator that never ends."""
    return np.stack([*islice(steps, K + 1)])


def momentum_form1(grad_fn, theta0, alpha, beta, K):
    def steps():
        before = now = np.array(theta0)
        while True:
            yield now
            before, now = now, (1 + beta) * now - beta * before - alpha * grad_fn(now)

    return _run(steps(), K)


def momentum_form2(grad_fn, theta0, alpha, beta, K):
    def steps():
        theta, v = np.array(theta0), 0.0
        while True:
            yield theta
            v = np.add(grad_fn(theta), np.multiply(beta, v))
            theta = np.subtract(theta, np.multiply(alpha, v))

    return _run(steps(), K)
