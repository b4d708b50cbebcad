# misconception: Form I adds the momentum term; yours subtracts it.
def momentum_form1(grad_fn, theta0, alpha, beta, K):
    theta = np.zeros((K + 1, len(theta0)))
    theta[0] = theta0
    for k in range(K):
        previous = theta[k - 1] if k > 0 else theta[0]
        theta[k + 1] = theta[k] - alpha * grad_fn(theta[k]) - beta * (theta[k] - previous)
    return theta


def momentum_form2(grad_fn, theta0, alpha, beta, K):
    theta = np.zeros((K + 1, len(theta0)))
    theta[0] = theta0
    v = np.zeros(len(theta0))
    for k in range(K):
        v = grad_fn(theta[k]) + beta * v
        theta[k + 1] = theta[k] - alpha * v
    return theta
