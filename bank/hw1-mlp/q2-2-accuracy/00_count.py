# misconception: That is the number of right examples; the fraction is asked for.
def classes(t):
    return t.argmax(dim=1) if t.ndim == 2 else t


def accuracy(y, predicted):
    return sum((classes(a) == classes(b)).sum().item() for a, b in zip(y, predicted))
