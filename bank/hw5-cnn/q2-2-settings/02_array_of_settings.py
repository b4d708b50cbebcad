SETTINGS = np.array([[0.001, 2], [0.1, 2], [0.1, 8], [1, 8], [10, 1]])


def choose_best(rows):
    return dict(min(rows, key=lambda r: [r['val_error'], r['val_loss']]))
