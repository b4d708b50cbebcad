def averaged_sgd_one_pass(mlp, avg_mlp, X, y, learning_rate, batch_size, gamma):
    params = list(mlp.parameters())
    for _ in range(round(len(X) / batch_size)):
        batch = np.random.choice(len(X), batch_size)
        grads = torch.autograd.grad(compute_objective(mlp, X[batch], y[batch]), params)
        with torch.no_grad():
            for w, g in zip(params, grads, strict=True):
                w -= learning_rate * g
            for name, m in list(avg_mlp.named_parameters()):
                owner = avg_mlp.get_submodule(name.rpartition(".")[0])
                new = (1 - gamma) * m + gamma * mlp.get_parameter(name)
                setattr(owner, name.rpartition(".")[2], nn.Parameter(new))
    return mlp, avg_mlp
