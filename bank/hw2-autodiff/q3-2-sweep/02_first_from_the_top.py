# misconception: The search stops at the first stable rate from above: a smaller one may diverge, too.
def lr_sweep(rates, make_model, X, y, batch_size):
    losses = {}
    for rate in rates:
        np.random.seed(0)
        model = make_model()
        minibatch_sgd_one_pass(model, X, y, rate, batch_size)
        losses[rate] = compute_objective(model, X, y).item()
    return losses


def find_divergent(losses):
    best = min((r for r in losses if math.isfinite(losses[r])), key=losses.get, default=0.0)
    found = None
    for rate in sorted(losses, reverse=True):
        if rate <= best or losses[rate] <= 1.0:
            break
        found = rate
    return found
