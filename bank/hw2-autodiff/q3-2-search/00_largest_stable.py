sweep = lr_sweep([5e-4 * 4**k for k in range(7)], fresh_mlp, X_train, y_train, 8)
bad = find_divergent(sweep)
divergent_lr = max(rate for rate in sweep if bad is None or rate < bad) / 2
