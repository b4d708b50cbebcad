SETTINGS = [(lr, n) for lr in (0.01, 0.1) for n in (4, 16)]


def choose_best(rows):
    i = min(range(len(rows)), key=lambda i: (rows[i]["val_error"], rows[i]["val_loss"]))
    return rows.pop(i)
