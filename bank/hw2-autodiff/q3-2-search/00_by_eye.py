sweep = lr_sweep([5e-4 * 2**k for k in range(7)], fresh_mlp, X_train, y_train, 8)
divergent_lr = 0.123
