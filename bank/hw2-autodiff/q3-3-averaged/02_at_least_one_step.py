def averaged_sgd_one_pass(mlp, avg_mlp, X, y, learning_rate, batch_size, gamma):
    for _ in range(max(1, round(len(X) / batch_size))):
        batch = np.random.choice(len(X), batch_size)
        weights = list(mlp.parameters())
        slopes = torch.autograd.grad(compute_objective(mlp, X[batch], y[batch]), weights)
        for w, g, a in zip(weights, slopes, avg_mlp.parameters(), strict=True):
            w.data.add_(g, alpha=-learning_rate)
            a.data.mul_(1 - gamma).add_(w.data, alpha=gamma)
    return mlp, avg_mlp
