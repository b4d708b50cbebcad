sweep = lr_sweep([1e-3, 1e-2, 1e-1], fresh_mlp, X_train, y_train, 8)
divergent_lr = find_divergent(sweep)
