# misconception: The training loss has chosen: choose by validation.
SETTINGS = [(0.01, 4), (0.1, 4), (0.01, 16), (0.1, 16)]


def choose_best(rows):
    return sorted(rows, key=lambda r: r["train_loss"])[0]
