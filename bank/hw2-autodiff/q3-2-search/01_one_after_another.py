sweep, rate = {}, 2e-4
while find_divergent(sweep) is None and len(sweep) < 12 or len(sweep) < 5:
    sweep |= lr_sweep([rate], fresh_mlp, X_train, y_train, 8)
    rate *= 3
divergent_lr = find_divergent(sweep)
print(sweep, divergent_lr)
