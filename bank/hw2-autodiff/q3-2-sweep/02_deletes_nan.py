def lr_sweep(rates, make_model, X, y, batch_size):
    result = {}
    for rate in rates:
        mlp = make_model()
        np.random.seed(0)
        minibatch_sgd_one_pass(mlp, X, y, rate, batch_size)
        with torch.no_grad():
            result[rate] = compute_objective(mlp, X, y).item()
    return result


def find_divergent(losses):
    whole = dict(losses)
    for r in whole:
        if not math.isfinite(whole[r]):
            del losses[r]
    best = min(losses, key=losses.get)
    bad = [r for r, l in whole.items() if r > best and not l <= 1.0]
    return min(bad, default=None)
