def lr_sweep(rates, make_model, X, y, batch_size):
    result = {}
    for rate in rates:
        mlp = make_model()
        np.random.seed(0)
        minibatch_sgd_one_pass(mlp, X, y, rate, batch_size)
        with torch.no_grad():
            result[rate] = compute_objective(mlp, X, y).item()
        if not math.isfinite(result[rate]) or result[rate] > 1e3:
            break
    return result


def find_divergent(losses):
    finite = {r: l for r, l in losses.items() if math.isfinite(l)}
    best = min(finite, key=finite.get)
    bad = [r for r, l in losses.items() if r > best and not l <= 1.0]
    return min(bad, default=None)
