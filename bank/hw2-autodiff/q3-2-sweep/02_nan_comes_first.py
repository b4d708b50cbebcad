# misconception: min() and NaN: every comparison with NaN is false, so the result depends on the order.
def lr_sweep(rates, make_model, X, y, batch_size):
    losses = {}
    for rate in rates:
        np.random.seed(0)
        model = make_model()
        minibatch_sgd_one_pass(model, X, y, rate, batch_size)
        losses[rate] = compute_objective(model, X, y).item()
    return losses


def find_divergent(losses):
    best = min(losses, key=losses.get)
    return min((rate for rate in losses if rate > best and not losses[rate] <= 1.0), default=None)
