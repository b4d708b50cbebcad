SETTINGS = [(0.01, 2.5), (0.1, 2.5), (0.1, 4), (1.0, 4)]


def choose_best(rows):
    return min(rows, key=lambda row: (row["val_error"], row["val_loss"]))
