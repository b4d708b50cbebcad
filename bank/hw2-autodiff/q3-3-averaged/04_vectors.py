def averaged_sgd_one_pass(mlp, avg_mlp, X, y, learning_rate, batch_size, gamma):
    from torch.nn.utils import parameters_to_vector, vector_to_parameters
    for _ in range(round(len(X) / batch_size)):
        index = np.random.permutation(len(X))[:batch_size]
        g = torch.autograd.grad(compute_objective(mlp, X[index], y[index]), tuple(mlp.parameters()))
        with torch.no_grad():
            w = parameters_to_vector(mlp.parameters()) - learning_rate * parameters_to_vector(g)
            vector_to_parameters(w, mlp.parameters())
            mean = (1 - gamma) * parameters_to_vector(avg_mlp.parameters()) + gamma * w
            vector_to_parameters(mean, avg_mlp.parameters())
    return mlp, avg_mlp
