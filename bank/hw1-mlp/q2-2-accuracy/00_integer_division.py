# misconception: Integer division rounds the fraction down.
def classes(t):
    return t.argmax(dim=1) if t.ndim == 2 else t


def accuracy(y, predicted):
    right = sum((classes(a) == classes(b)).sum().item() for a, b in zip(y, predicted))
    return right // sum(len(a) for a in y)
