# misconception: Only the first batch counts here.
def classes(t):
    return t.argmax(dim=1) if t.ndim == 2 else t


def accuracy(y, predicted):
    return (classes(y[0]) == classes(predicted[0])).float().mean().item()
