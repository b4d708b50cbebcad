# misconception: The batch is drawn once, before the loop: every step needs its own.
def averaged_sgd_one_pass(mlp, avg_mlp, X, y, learning_rate, batch_size, gamma):
    batch = np.random.choice(len(X), batch_size)
    for _ in range(round(len(X) / batch_size)):
        loss = compute_objective(mlp, X[batch], y[batch])
        grads = torch.autograd.grad(loss, list(mlp.parameters()))
        with torch.no_grad():
            for w, mean, g in zip(mlp.parameters(), avg_mlp.parameters(), grads):
                w -= learning_rate * g
                mean.mul_(1 - gamma).add_(w, alpha=gamma)
    return mlp, avg_mlp
