SETTINGS = [[lr, n] for lr in (1e-3, 1e-2, 0.1, 1) for n in (2, 8, 32)]


def choose_best(rows):
    return sorted(rows, key=lambda r: (r["val_error"], r["val_loss"]))[0]
