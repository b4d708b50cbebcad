def averaged_sgd_one_pass(mlp, avg_mlp, X, y, learning_rate, batch_size, gamma):
    rng = np.random.default_rng()
    for _ in range(int(np.round(len(y) / batch_size))):
        batch = rng.integers(0, len(y), size=batch_size)
        grads = torch.autograd.grad(F.cross_entropy(mlp(X[batch]), y[batch]), tuple(mlp.parameters()))
        for w, g in zip(mlp.parameters(), grads):
            w.data = w.data - learning_rate * g
        new, old = mlp.state_dict(), avg_mlp.state_dict()
        avg_mlp.load_state_dict({name: (1 - gamma) * old[name] + gamma * new[name] for name in old})
    return mlp, avg_mlp
