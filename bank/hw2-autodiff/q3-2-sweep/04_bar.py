def lr_sweep(rates, make_model, X, y, batch_size):
    from collections import OrderedDict

    losses = OrderedDict()
    for rate in (bar := tqdm(rates, leave=False)):
        np.random.seed(0)
        with torch.inference_mode(False):
            mlp = minibatch_sgd_one_pass(make_model(), X, y, rate, batch_size)
        with torch.inference_mode():
            losses[rate] = compute_objective(mlp, X, y).item()
        bar.set_postfix(loss=losses[rate])
    return losses


def find_divergent(losses):
    table = np.array(sorted(losses.items()))
    rates, values = table[:, 0], np.where(np.isfinite(table[:, 1]), table[:, 1], np.inf)
    bad = rates[(rates > rates[values.argmin()]) & (values > 1)]
    return float(bad[0]) if bad.size else None
