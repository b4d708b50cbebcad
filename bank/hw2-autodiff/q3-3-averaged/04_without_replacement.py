def averaged_sgd_one_pass(mlp, avg_mlp, X, y, learning_rate, batch_size, gamma):
    steps = round(len(X) / batch_size)
    order = torch.randperm(len(X)).repeat(2)
    for k in range(steps):
        batch = order[k * batch_size : (k + 1) * batch_size]
        mlp.zero_grad()
        compute_objective(mlp, X[batch], y[batch]).backward()
        with torch.no_grad():
            for w in mlp.parameters():
                w.add_(w.grad, alpha=-learning_rate)
            for mean, w in zip(avg_mlp.parameters(), mlp.parameters()):
                mean.copy_((1 - gamma) * mean + gamma * w)
    return [mlp, avg_mlp]
