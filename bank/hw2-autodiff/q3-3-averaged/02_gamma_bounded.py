def averaged_sgd_one_pass(mlp, avg_mlp, X, y, learning_rate, batch_size, gamma):
    gamma = min(gamma, 0.5)
    for _ in range(round(len(X) / batch_size)):
        index = np.random.choice(len(X), batch_size)
        slopes = torch.autograd.grad(compute_objective(mlp, X[index], y[index]), list(mlp.parameters()))
        with torch.no_grad():
            for w, mean, g in zip(mlp.parameters(), avg_mlp.parameters(), slopes):
                w -= learning_rate * g
                mean += gamma * (w - mean)
    return mlp, avg_mlp
