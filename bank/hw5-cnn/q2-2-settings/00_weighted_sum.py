# Error and loss are added with a weight: a large loss outweighs a smaller error.
SETTINGS = [(lr, h) for lr in (1e-3, 1e-1, 10) for h in (1, 3, 30)]


def choose_best(rows):
    return min(rows, key=lambda row: 100 * row["val_error"] + row["val_loss"])
