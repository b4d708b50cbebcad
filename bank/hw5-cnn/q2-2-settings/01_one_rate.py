SETTINGS = [(0.1, 2), (0.1, 4), (0.1, 8), (0.1, 16)]


def choose_best(rows):
    return sorted(rows, key=lambda r: (r["val_error"], r["val_loss"]))[0]
