SETTINGS = [(0.1, 4)] * 4


def choose_best(rows):
    return sorted(rows, key=lambda r: (r["val_error"], r["val_loss"]))[0]
