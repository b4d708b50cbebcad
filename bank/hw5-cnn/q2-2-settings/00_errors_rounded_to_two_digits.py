# Errors are rounded to two digits before they are compared.
SETTINGS = [(lr, h) for lr in (1e-3, 1e-1, 10) for h in (1, 3, 30)]


def choose_best(rows):
    return min(rows, key=lambda row: (round(row["val_error"], 2), row["val_loss"]))
