def averaged_sgd_one_pass(mlp, avg_mlp, X, y, learning_rate, batch_size, gamma):
    optimizer = torch.optim.SGD(mlp.parameters(), lr=learning_rate)
    for _ in range(round(len(X) / batch_size)):
        index = np.random.choice(len(X), batch_size)
        compute_objective(mlp, X[index], y[index]).backward()
        optimizer.step()
        optimizer.zero_grad()
        with torch.no_grad():
            for mean, w in zip(avg_mlp.parameters(), mlp.parameters()):
                mean.lerp_(w, gamma)
    return mlp, avg_mlp
