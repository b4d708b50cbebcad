def lr_sweep(rates, make_model, X, y, batch_size):
    losses = {}
    for rate in rates:
        np.random.seed(0)
        model = minibatch_sgd_one_pass(make_model(), X, y, rate, batch_size)
        parts = [compute_objective(model, X[i : i + batch_size], y[i : i + batch_size]).item() for i in range(0, len(X), batch_size)]
        losses[rate] = sum(parts) / len(parts)
    return losses


def find_divergent(losses):
    best = None
    for rate in losses:
        if math.isfinite(losses[rate]) and (best is None or losses[rate] < losses[best]):
            best = rate
    for rate in sorted(losses):
        if best is not None and rate <= best:
            continue
        if not losses[rate] <= 1.0:
            return rate
    return None
