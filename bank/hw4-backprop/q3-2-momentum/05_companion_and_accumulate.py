import itertools


def momentum_form1(grad_fn, theta0, alpha, beta, K):
    def step(pair, _):
        here, before = pair
        return (1 + beta) * here - beta * before - alpha * grad_fn(here), here

    pairs = itertools.accumulate(range(K), step, initial=(theta0, theta0))
    return np.array([here for here, _ in pairs])


def momentum_form2(grad_fn, theta0, alpha, beta, K):
    def iterates():
        theta, v = theta0.copy(), np.zeros_like(theta0)
        while True:
            yield theta.copy()
            v *= beta
            v += grad_fn(theta)
            theta -= alpha * v

    return np.stack(list(itertools.islice(iterates(), K + 1)))
