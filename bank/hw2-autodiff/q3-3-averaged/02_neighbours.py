# misconception: a batch is not a block of neighbouring rows: every row of it is drawn by itself
def averaged_sgd_one_pass(mlp, avg_mlp, X, y, learning_rate, batch_size, gamma):
    for _ in range(round(len(X) / batch_size)):
        start = np.random.randint(0, len(X) - batch_size + 1)
        block = slice(start, start + batch_size)
        slopes = torch.autograd.grad(compute_objective(mlp, X[block], y[block]), list(mlp.parameters()))
        with torch.no_grad():
            for w, mean, g in zip(mlp.parameters(), avg_mlp.parameters(), slopes, strict=True):
                w -= learning_rate * g
                mean += gamma * (w - mean)
    return mlp, avg_mlp
