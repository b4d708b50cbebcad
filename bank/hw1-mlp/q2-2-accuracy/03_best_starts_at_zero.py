def accuracy(y, predicted):
    def classes(batch):
        if batch.ndim == 1:
            return batch.tolist()
        found = []
        for row in batch.tolist():
            best, which = 0, 0
            for j, value in enumerate(row):
                if value > best:
                    best, which = value, j
            found.append(which)
        return found

    pairs = [pair for a, b in zip(y, predicted) for pair in zip(classes(a), classes(b))]
    return sum(a == b for a, b in pairs) / len(pairs)
