SETTINGS = {"lr": [0.01, 0.1, 1.0], "hidden": [4, 16]}


def choose_best(rows):
    return min(rows, key=lambda row: (row["val_error"], row["val_loss"]))
