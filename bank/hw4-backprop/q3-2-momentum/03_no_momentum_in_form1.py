# misconception: There is no momentum in Form I: that is plain gradient descent.
def momentum_form1(grad_fn, theta0, alpha, beta, K):
    theta = np.zeros((K + 1, len(theta0)))
    theta[0] = theta0
    for k in range(K):
        previous = theta[k - 1] if k > 0 else theta[0]
        theta[k + 1] = theta[k] - alpha * grad_fn(theta[k])
    return theta


def momentum_form2(grad_fn, theta0, alpha, beta, K):
    theta = np.zeros((K + 1, len(theta0)))
    theta[0] = theta0
    v = np.zeros(len(theta0))
    for k in range(K):
        v = grad_fn(theta[k]) + beta * v
        theta[k + 1] = theta[k] - alpha * v
    return theta
