def averaged_sgd_one_pass(mlp, avg_mlp, X, y, learning_rate, batch_size, gamma):
    sgd = torch.optim.SGD(mlp.parameters(), lr=learning_rate)
    for _ in range(round(len(X) / batch_size)):
        index = torch.from_numpy(np.random.choice(len(X), batch_size))
        sgd.zero_grad()
        compute_objective(mlp, X[index], y[index]).backward()
        sgd.step()
        for mean, w in zip(avg_mlp.parameters(), mlp.parameters()):
            mean.data.lerp_(w.data, gamma)
    return mlp, avg_mlp
