# misconception: One-hot rows are compared entry by entry: compare the classes of the rows.
def accuracy(y, predicted):
    right = total = 0
    for t, p in zip(y, predicted):
        if t.ndim != p.ndim:
            t = F.one_hot(t, p.shape[1]) if t.ndim == 1 else t
            p = F.one_hot(p, t.shape[1]) if p.ndim == 1 else p
        right += (t == p).sum().item()
        total += t.numel()
    return right / total
