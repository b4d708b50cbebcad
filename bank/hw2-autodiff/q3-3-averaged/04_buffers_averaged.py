def averaged_sgd_one_pass(mlp, avg_mlp, X, y, learning_rate, batch_size, gamma):
    """One pass of SGD on mlp, with avg_mlp following it; returns (mlp, avg_mlp)."""
    parameters = list(mlp.parameters())
    for _ in range(round(len(X) / batch_size)):
        batch = np.random.choice(len(X), batch_size)
        gradients = torch.autograd.grad(compute_objective(mlp, X[batch], y[batch]), parameters)
        with torch.no_grad():
            for w, g in zip(parameters, gradients):
                w -= learning_rate * g
            new, slow = mlp.state_dict(), avg_mlp.state_dict()
            for name in slow:
                if slow[name].is_floating_point():
                    slow[name].mul_(1 - gamma).add_(gamma * new[name])
    return mlp, avg_mlp
