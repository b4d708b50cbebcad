SETTINGS = [(0.01, 4), (0.1, 4), (0.01, 16), (0.1, 16)]


def choose_best(rows):
    best = None
    for row in rows:
        if best is None or row["val_error"] < best["val_error"] or (row["val_error"] == best["val_error"] and row["val_loss"] < best["val_loss"]):
            best = row
    return best
