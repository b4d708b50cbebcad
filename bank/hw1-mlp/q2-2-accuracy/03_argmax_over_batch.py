# misconception: The argmax runs over the batch; the class is where the largest entry of a row stands.
def accuracy(y, predicted):
    c = lambda t: t.argmax(dim=0) if t.ndim == 2 else t
    right = sum((c(a) == c(b)).sum().item() for a, b in zip(y, predicted))
    return right / sum(len(a) for a in y)
