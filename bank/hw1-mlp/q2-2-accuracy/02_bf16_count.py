def accuracy(y, predicted):
    def classes(t):
        return t.argmax(1) if t.ndim == 2 else t
    right, total = torch.zeros((), dtype=torch.bfloat16), 0
    for a, b in zip(y, predicted):
        a, b = classes(a), classes(b)
        right += (a == b.to(a.device)).sum()
        total += len(a)
    return float(right) / float(total)
