# misconception: The number of steps is rounded to the nearest whole number, not cut off.
def averaged_sgd_one_pass(mlp, avg_mlp, X, y, learning_rate, batch_size, gamma):
    for _ in range(len(X) // batch_size):
        batch = np.random.choice(len(X), batch_size)
        loss = compute_objective(mlp, X[batch], y[batch])
        grads = torch.autograd.grad(loss, list(mlp.parameters()))
        with torch.no_grad():
            for w, mean, g in zip(mlp.parameters(), avg_mlp.parameters(), grads):
                w -= learning_rate * g
                mean.mul_(1 - gamma).add_(w, alpha=gamma)
    return mlp, avg_mlp
