# misconception: The batches are not all as long as the first one.
def classes(t):
    return t.argmax(dim=1) if t.ndim == 2 else t


def accuracy(y, predicted):
    right = sum((classes(a) == classes(b)).sum().item() for a, b in zip(y, predicted))
    return right / (len(y) * len(y[0]))
