# misconception: Python's round takes 2.5 to 2
def averaged_sgd_one_pass(mlp, avg_mlp, X, y, learning_rate, batch_size, gamma):
    for _ in range(int(len(X) / batch_size + 0.5)):
        drawn = np.random.choice(len(X), batch_size)
        slopes = torch.autograd.grad(compute_objective(mlp, X[drawn], y[drawn]), list(mlp.parameters()))
        with torch.no_grad():
            for w, mean, g in zip(mlp.parameters(), avg_mlp.parameters(), slopes, strict=True):
                w -= learning_rate * g
                mean += gamma * (w - mean)
    return mlp, avg_mlp
