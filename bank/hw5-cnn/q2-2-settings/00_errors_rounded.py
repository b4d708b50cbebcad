SETTINGS = [(0.01, 4), (0.1, 4), (0.01, 16), (0.1, 16)]


def choose_best(rows):
    return min(rows, key=lambda row: (round(row["val_error"], 1), row["val_loss"]))
