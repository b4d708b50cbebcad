# misconception: squeeze() turns a batch of one row into class indices. A 2-D batch of one example stays 2-D.
def accuracy(y, predicted):
    hits = total = 0
    for t, p in zip(y, predicted):
        t, p = t.cpu().squeeze(), p.cpu().squeeze()
        t = t.argmax(dim=1) if t.ndim == 2 else t
        p = p.argmax(dim=1) if p.ndim == 2 else p
        hits += (t == p).sum().item()
        total += t.numel()
    return hits / total
