def lr_sweep(rates, make_model, X, y, batch_size):
    losses = {}
    for rate in rates:
        np.random.seed(0)
        mlp = minibatch_sgd_one_pass(make_model(), X, y, rate, batch_size)
        losses[rate] = compute_objective(mlp, X, y).item()
    return losses


def find_divergent(losses):
    finite = {rate: loss for rate, loss in losses.items() if math.isfinite(loss)}
    best = min(finite, key=finite.get)
    return min((rate for rate, loss in losses.items() if rate > best and (math.isnan(loss) or 1 < loss < math.inf)), default=None)
