SETTINGS = [(lr, n) for lr in (0.01, 0.1) for n in (4, 16)]


def choose_best(rows):
    best = min(rows, key=lambda row: (row["val_error"], row["val_loss"]))
    for row in rows:
        row["val_error"] = round(row["val_error"])
    return best
