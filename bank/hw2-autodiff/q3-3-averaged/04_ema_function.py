def averaged_sgd_one_pass(mlp, avg_mlp, X, y, learning_rate, batch_size, gamma):
    from torch.optim.swa_utils import get_ema_multi_avg_fn

    follow = get_ema_multi_avg_fn(1 - gamma)
    fast, slow = list(mlp.parameters()), list(avg_mlp.parameters())
    optimizer = torch.optim.SGD(fast, lr=learning_rate)
    for _ in range(round(X.shape[0] / batch_size)):
        index = np.random.randint(0, X.shape[0], batch_size)
        optimizer.zero_grad(set_to_none=True)
        compute_objective(mlp, X[index], y[index]).backward()
        optimizer.step()
        with torch.no_grad():
            follow(slow, fast, None)
    optimizer.zero_grad()
    return mlp, avg_mlp
