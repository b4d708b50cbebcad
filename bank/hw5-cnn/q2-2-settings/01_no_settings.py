SETTINGS = []


def choose_best(rows):
    return min(rows, key=lambda row: (row["val_error"], row["val_loss"]))
