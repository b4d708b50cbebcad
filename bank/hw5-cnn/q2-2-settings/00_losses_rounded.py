SETTINGS = [(lr, hidden) for lr in (0.01, 0.1, 1.0) for hidden in (2, 8, 32)]


def choose_best(rows):
    return min(rows, key=lambda row: (row["val_error"], round(row["val_loss"], 3)))
