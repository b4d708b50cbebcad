SETTINGS = [(lr, n) for lr in (0.01, 0.1) for n in (4, 16)]


def choose_best(rows):
    return max(rows, key=lambda row: (-row["val_error"], row["val_loss"]))
