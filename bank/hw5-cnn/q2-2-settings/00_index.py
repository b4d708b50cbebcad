SETTINGS = [(0.01, 4), (0.1, 4), (0.01, 16), (0.1, 16)]


def choose_best(rows):
    return min(range(len(rows)), key=lambda i: rows[i]["val_error"])
