def momentum_form1(grad_fn, theta0, alpha, beta, K):
    theta, gradients = np.empty((K + 1, theta0.size)), np.empty((K + 1, theta0.size))
    theta[0], gradients[0] = theta0, grad_fn(theta0.copy())
    for k in range(1, K + 1):
        last = theta[k - 1] - theta[k - 2] if k > 1 else 0
        theta[k] = theta[k - 1] - alpha * gradients[k - 1] + beta * last
        gradients[k] = grad_fn(theta[k])
    return theta


def momentum_form2(grad_fn, theta0, alpha, beta, K):
    theta, v, path = theta0.copy(), np.zeros(theta0.shape), [theta0.copy()]
    g = grad_fn(theta)
    for _ in range(K):
        v *= beta
        v += g
        theta = theta - alpha * v
        path += [theta]
        g = grad_fn(theta)
    return np.vstack(path)
