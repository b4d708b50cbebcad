SETTINGS = [(lr, hidden) for lr in (0.01, 0.1, 1.0) for hidden in (1, 4, 16)]


def choose_best(rows):
    usable = [r for r in rows if r["val_loss"] < 5]
    return min(usable or rows, key=lambda row: (row["val_error"], row["val_loss"]))
