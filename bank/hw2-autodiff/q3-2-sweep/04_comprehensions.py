def lr_sweep(rates, make_model, X, y, batch_size):
    def run(rate):
        model = make_model()
        np.random.seed(0)
        with torch.enable_grad():
            model = minibatch_sgd_one_pass(model, X, y, learning_rate=rate, batch_size=batch_size)
        return float(compute_objective(model, X, y).detach())
    return {rate: run(rate) for rate in rates}
def find_divergent(losses):
    key = lambda r: losses[r] if losses[r] == losses[r] else math.inf
    best = min(losses, key=key)
    bad = [r for r in losses if r > best and (losses[r] != losses[r] or losses[r] > 1)]
    return min(bad) if bad else None
