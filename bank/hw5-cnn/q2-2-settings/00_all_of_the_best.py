SETTINGS = [(lr, n) for lr in (0.01, 0.1) for n in (4, 16)]


def choose_best(rows):
    least = min(row["val_error"] for row in rows)
    return [row for row in rows if row["val_error"] == least]
