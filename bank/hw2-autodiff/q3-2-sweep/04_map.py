from functools import partial


def loss_after(rate, make_model, X, y, batch_size):
    state = np.random.get_state()
    np.random.seed(0)
    try:
        return compute_objective(minibatch_sgd_one_pass(make_model(), X, y, rate, batch_size), X, y).item()
    finally:
        np.random.set_state(state)


def lr_sweep(rates, make_model, X, y, batch_size):
    return dict(zip(rates, map(partial(loss_after, make_model=make_model, X=X, y=y, batch_size=batch_size), rates)))


def find_divergent(losses):
    rates = sorted(losses)
    values = np.nan_to_num([losses[rate] for rate in rates], nan=np.inf, posinf=np.inf)
    above = rates[int(values.argmin()) + 1 :]
    return next((rate for rate in above if not losses[rate] <= 1), None)
