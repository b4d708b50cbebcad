def lr_sweep(rates, make_model, X, y, batch_size):
    found = {}
    for rate in list(rates):
        np.random.seed(0)
        found[rate] = F.cross_entropy(minibatch_sgd_one_pass(make_model(), X, y, rate, batch_size)(X), y).item()
    return found
def find_divergent(losses):
    rates = np.array(sorted(losses))
    values = np.array([losses[r] for r in rates])
    best = rates[np.nanargmin(values)]
    bad = rates[(rates > best) & ~(values <= 1.0)]
    return float(bad[0]) if len(bad) else None
