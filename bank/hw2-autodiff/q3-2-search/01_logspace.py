sweep = lr_sweep(np.logspace(-4, 0, 9), fresh_mlp, X_train, y_train, batch_size=8)
divergent_lr = find_divergent(sweep)
print(sweep, divergent_lr)
