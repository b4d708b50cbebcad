def momentum_form1(grad_fn, theta0, alpha, beta, K):
    path = [theta0.tolist()]
    old = np.array(path[0])
    now = old.copy()
    for _ in range(K):
        old, now = now, now - alpha * np.asarray(grad_fn(now)) + beta * (now - old)
        path.append(now.tolist())
    return np.array(path)


def momentum_form2(grad_fn, theta0, alpha, beta, K):
    theta, v = np.array(theta0), 0 * theta0
    out = theta[None, :]
    for _ in range(K):
        v *= beta
        v += grad_fn(theta)
        theta = theta - alpha * v
        out = np.vstack([out, theta])
    return out
