def averaged_sgd_one_pass(mlp, avg_mlp, X, y, learning_rate, batch_size, gamma):
    params, means = list(mlp.parameters()), list(avg_mlp.parameters())
    X.requires_grad_()
    for _ in range(round(len(X) / batch_size)):
        batch = np.random.choice(len(X), batch_size)
        grads = torch.autograd.grad(compute_objective(mlp, X[batch], y[batch]), params)
        with torch.no_grad():
            for w, m, g in zip(params, means, grads, strict=True):
                w -= learning_rate * g
                m.mul_(1 - gamma).add_(w, alpha=gamma)
    return mlp, avg_mlp
