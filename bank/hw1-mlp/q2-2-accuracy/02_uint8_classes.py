def accuracy(y, predicted):
    def classes(t):
        return (t.argmax(1) if t.ndim == 2 else t).to(torch.uint8)
    right, total = 0, 0
    for a, b in zip(y, predicted):
        a, b = classes(a), classes(b)
        right += (a == b.to(a.device)).sum()
        total += len(a)
    return float(right) / float(total)
