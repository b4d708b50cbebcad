sweep = lr_sweep([0.0, 1e-3, 4e-3, 1.6e-2, 6.4e-2], fresh_mlp, X_train, y_train, 8)
divergent_lr = find_divergent(sweep)
