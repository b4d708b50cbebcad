SETTINGS = [[0.001, 2], [0.1, 2], [0.1, 8], [1, 8]]


def choose_best(rows):
    return sorted(rows, key=lambda r: r['val_loss'] + 1000 * r['val_error'])[0].copy()
