# misconception: Form I computes its first two steps apart, also where K is 1.
def momentum_form1(grad_fn, theta0, alpha, beta, K):
    theta = [theta0.copy(), theta0 - alpha * grad_fn(theta0)]
    theta.append(theta[1] - alpha * grad_fn(theta[1]) + beta * (theta[1] - theta[0]))
    for k in range(2, K):
        theta.append(theta[k] - alpha * grad_fn(theta[k]) + beta * (theta[k] - theta[k - 1]))
    return np.array(theta)


def momentum_form2(grad_fn, theta0, alpha, beta, K):
    theta, v = np.empty((K + 1, len(theta0))), np.zeros(len(theta0))
    theta[0] = theta0
    for k in range(K):
        v = grad_fn(theta[k]) + beta * v
        theta[k + 1] = theta[k] - alpha * v
    return theta
