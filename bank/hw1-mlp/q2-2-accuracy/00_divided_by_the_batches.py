# misconception: The count is divided by the number of batches, not by the number of examples.
def accuracy(y, predicted):
    right = 0
    for t, p in zip(y, predicted):
        t = t.argmax(dim=1) if t.ndim == 2 else t
        p = p.argmax(dim=1) if p.ndim == 2 else p
        right += (t == p).sum().item()
    return right / len(y)
