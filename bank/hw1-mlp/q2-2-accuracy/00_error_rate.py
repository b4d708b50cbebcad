# misconception: That is the fraction of wrong examples.
def classes(t):
    return t.argmax(dim=1) if t.ndim == 2 else t


def accuracy(y, predicted):
    wrong = sum((classes(a) != classes(b)).sum().item() for a, b in zip(y, predicted))
    return wrong / sum(len(a) for a in y)
