def lr_sweep(rates, make_model, X, y, batch_size):
    def after_one_pass(rate):
        model = make_model()
        np.random.seed(0)
        minibatch_sgd_one_pass(mlp=model, X=X, y=y, learning_rate=rate, batch_size=batch_size)
        return float(compute_objective(mlp=model, X=X, y=y))

    return dict((rate, after_one_pass(rate)) for rate in iter(rates))


def find_divergent(losses):
    def finite(item):
        return item[1] if math.isfinite(item[1]) else math.inf

    best, _ = min(losses.items(), key=finite)
    for rate, loss in sorted(losses.items()):
        if rate > best and (loss != loss or abs(loss) > 1):
            return rate
