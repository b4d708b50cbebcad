def averaged_sgd_one_pass(mlp, avg_mlp, X, y, learning_rate, batch_size, gamma):
    for _ in range(round(len(X) / batch_size)):
        torch.set_grad_enabled(True)
        batch = np.random.choice(len(X), batch_size)
        grads = torch.autograd.grad(compute_objective(mlp, X[batch], y[batch]), list(mlp.parameters()))
        torch.set_grad_enabled(False)
        for w, mean, g in zip(mlp.parameters(), avg_mlp.parameters(), grads):
            w -= learning_rate * g
            mean.mul_(1 - gamma).add_(w, alpha=gamma)
    return mlp, avg_mlp
