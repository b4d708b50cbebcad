def accuracy(y, predicted):
    right = total = 0
    for t, p in zip(y, predicted):
        right += (t.argmax(dim=1) == p.argmax(dim=1)).sum().item()
        total += len(t)
    return right / total
