def accuracy(y, predicted):
    right = sum((a == b).all(dim=-1).sum().item() if b.ndim > 1 else (a == b).sum().item() for a, b in zip(y, predicted))
    return right / sum(len(a) for a in y)
