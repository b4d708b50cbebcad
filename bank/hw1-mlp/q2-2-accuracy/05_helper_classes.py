from statistics import fmean


def classes(batch):
    for entry in batch.tolist():
        yield max(range(len(entry)), key=entry.__getitem__) if isinstance(entry, list) else entry


def right(y, predicted):
    for a, b in zip(y, predicted):
        yield from map(int.__eq__, map(int, classes(a)), map(int, classes(b)))


def accuracy(y, predicted):
    return fmean(right(y, predicted))
