# misconception: every batch makes a step, whatever its loss is
def averaged_sgd_one_pass(mlp, avg_mlp, X, y, learning_rate, batch_size, gamma):
    for _ in range(round(len(X) / batch_size)):
        drawn = np.random.choice(len(X), batch_size)
        loss = compute_objective(mlp, X[drawn], y[drawn])
        if not loss < 10:
            continue
        slopes = torch.autograd.grad(loss, list(mlp.parameters()))
        with torch.no_grad():
            for w, mean, g in zip(mlp.parameters(), avg_mlp.parameters(), slopes, strict=True):
                w -= learning_rate * g
                mean += gamma * (w - mean)
    return mlp, avg_mlp
