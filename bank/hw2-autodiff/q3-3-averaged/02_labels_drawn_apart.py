# misconception: the labels of a batch belong to its rows: draw once, and use the same numbers for X and y
def averaged_sgd_one_pass(mlp, avg_mlp, X, y, learning_rate, batch_size, gamma):
    for _ in range(round(len(X) / batch_size)):
        images, labels = X[np.random.choice(len(X), batch_size)], y[np.random.choice(len(X), batch_size)]
        slopes = torch.autograd.grad(compute_objective(mlp, images, labels), list(mlp.parameters()))
        with torch.no_grad():
            for w, mean, g in zip(mlp.parameters(), avg_mlp.parameters(), slopes, strict=True):
                w -= learning_rate * g
                mean += gamma * (w - mean)
    return mlp, avg_mlp
