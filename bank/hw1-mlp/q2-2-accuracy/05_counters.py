def accuracy(y, predicted):
    right, n = 0, 0
    for a, b in zip(y, predicted):
        if a.dim() > 1:
            a = a.argmax(dim=1)
        if b.dim() > 1:
            b = b.argmax(dim=1)
        right += (a == b.to(a.device)).sum().item()
        n += a.shape[0]
    return right / n
