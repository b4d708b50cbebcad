# misconception: the step is w − ηg: the gradient is not clipped
def averaged_sgd_one_pass(mlp, avg_mlp, X, y, learning_rate, batch_size, gamma):
    sgd = torch.optim.SGD(mlp.parameters(), lr=learning_rate)
    for _ in range(round(len(X) / batch_size)):
        drawn = np.random.choice(len(X), batch_size)
        sgd.zero_grad()
        compute_objective(mlp, X[drawn], y[drawn]).backward()
        nn.utils.clip_grad_norm_(mlp.parameters(), 5.0)
        sgd.step()
        with torch.no_grad():
            for w, mean in zip(mlp.parameters(), avg_mlp.parameters(), strict=True):
                mean.lerp_(w, gamma)
    return mlp, avg_mlp
