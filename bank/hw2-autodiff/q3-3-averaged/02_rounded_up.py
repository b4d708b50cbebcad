# misconception: The number of steps is rounded up: it is round(n / batch_size).
def averaged_sgd_one_pass(mlp, avg_mlp, X, y, learning_rate, batch_size, gamma):
    n = len(X)
    for _ in range(-(-n // batch_size)):
        index = np.random.choice(n, batch_size)
        loss = compute_objective(mlp, X[index], y[index])
        grads = torch.autograd.grad(loss, list(mlp.parameters()))
        with torch.no_grad():
            for w, g in zip(mlp.parameters(), grads):
                w.sub_(learning_rate * g)
            for w2, w in zip(avg_mlp.parameters(), mlp.parameters()):
                w2.mul_(1 - gamma).add_(gamma * w)
    return mlp, avg_mlp
