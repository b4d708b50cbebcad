# misconception: Only the last batch counts here.
def classes(t):
    return t.argmax(dim=1) if t.ndim == 2 else t


def accuracy(y, predicted):
    for a, b in zip(y, predicted):
        result = (classes(a) == classes(b)).float().mean().item()
    return result
