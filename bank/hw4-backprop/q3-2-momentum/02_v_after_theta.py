# misconception: In Form II, v is updated first, and θ then uses the new v.
def momentum_form1(grad_fn, theta0, alpha, beta, K):
    theta = [np.array(theta0)]
    for k in range(K):
        theta.append(theta[k] - alpha * grad_fn(theta[k]) + beta * (theta[k] - theta[max(k - 1, 0)]))
    return np.array(theta)
def momentum_form2(grad_fn, theta0, alpha, beta, K):
    theta, v = [np.array(theta0)], np.zeros(len(theta0))
    for k in range(K):
        theta.append(theta[-1] - alpha * v)
        v = grad_fn(theta[-2]) + beta * v
    return np.array(theta)
