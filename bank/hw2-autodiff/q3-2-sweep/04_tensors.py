def lr_sweep(rates, make_model, X, y, batch_size):
    losses = dict.fromkeys(rates)
    for rate in losses:
        mlp = make_model()
        np.random.seed(0)
        minibatch_sgd_one_pass(mlp, X, y, learning_rate=rate, batch_size=batch_size)
        losses[rate] = compute_objective(mlp, X, y).detach()
    return losses


def find_divergent(losses):
    table = sorted((float(rate), float(loss)) for rate, loss in losses.items())
    finite = [(loss, rate) for rate, loss in table if np.isfinite(loss)]
    best = min(finite)[1] if finite else 0.0
    bad = [rate for rate, loss in table if rate > best and (np.isnan(loss) or loss > 1)]
    return np.float64(bad[0]) if bad else None
