@torch.no_grad()
def averaged_sgd_one_pass(mlp, avg_mlp, X, y, learning_rate, batch_size, gamma):
    ws, means = list(mlp.parameters()), list(avg_mlp.parameters())
    for batch in np.random.choice(len(X), (round(len(X) / batch_size), batch_size)):
        with torch.enable_grad():
            gs = torch.autograd.grad(compute_objective(mlp, X=X[batch], y=y[batch]), ws)
        torch._foreach_add_(ws, gs, alpha=-learning_rate)
        torch._foreach_lerp_(means, ws, gamma)
    return mlp, avg_mlp
