sweep, rate = {}, 2e-4
while len(sweep) < 5 or (len(sweep) < 12 and find_divergent(sweep) is None):
    sweep |= lr_sweep([rate], fresh_mlp, X_train, y_train, 8)
    rate *= 3
divergent_lr = find_divergent(sweep)
print(sweep, divergent_lr)
