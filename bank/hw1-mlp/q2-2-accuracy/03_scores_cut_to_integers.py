# misconception: to(labels) takes over the dtype, too: scores become integers before the argmax.
def accuracy(y, predicted):
    hits = total = 0
    for t, p in zip(y, predicted):
        p = p.to(t)
        t = t.argmax(dim=1) if t.ndim == 2 else t
        p = p.argmax(dim=1) if p.ndim == 2 else p
        hits += (t == p).sum().item()
        total += len(t)
    return hits / total
