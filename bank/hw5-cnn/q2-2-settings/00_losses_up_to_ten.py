SETTINGS = [(lr, h) for lr in (0.001, 0.1, 1.0, 10.0) for h in (1, 4, 16)]


def choose_best(rows):
    best, err, loss = rows[0], rows[0]["val_error"], 10.0
    for r in rows:
        if r["val_error"] < err:
            best, err, loss = r, r["val_error"], min(r["val_loss"], 10.0)
        elif r["val_error"] == err and r["val_loss"] < loss:
            best, loss = r, r["val_loss"]
    return best
