def accuracy(y, predicted):
    right = total = 0
    for t, p in zip(y, predicted):
        if p.ndim == 2:
            p = p.argmax(dim=1)
        right += int((t.cpu() == p.cpu()).sum())
        total += len(t)
    return right / total
