class Form2:
    def __init__(self, grad_fn, alpha, beta):
        self.grad_fn, self.alpha, self.beta, self.v = grad_fn, alpha, beta, 0.0

    def __call__(self, theta):
        self.v = self.grad_fn(theta) + self.beta * self.v
        return theta - self.alpha * self.v


def momentum_form1(grad_fn, theta0, alpha, beta, K):
    rows, grads = torch.empty(K + 1, len(theta0), dtype=torch.float64), []
    rows[0] = torch.from_numpy(theta0)
    for k in range(K + 1):
        grads.append(torch.as_tensor(grad_fn(rows[k].numpy())))
        if k < K:
            rows[k + 1] = rows[k] - alpha * grads[k] + beta * (rows[k] - rows[max(k - 1, 0)])
    return rows


def momentum_form2(grad_fn, theta0, alpha, beta, K):
    rows, step = [np.asarray(theta0)], Form2(grad_fn, alpha, beta)
    for _ in range(K):
        rows.append(step(rows[-1]))
    return np.asarray(rows)
