SETTINGS = [(lr, h) for lr in (0.001, 0.1, 1.0, 10.0) for h in (1, 4, 16)]


def choose_best(rows):
    best, err, loss = None, 1.0, float("inf")
    for r in rows:
        if r["val_error"] < err or (r["val_error"] == err and best is not None and r["val_loss"] < loss):
            best, err, loss = r, r["val_error"], r["val_loss"]
    return best
