def accuracy(y, predicted):
    """Fraction of right predictions; `y`, `predicted`: lists of tensors, (n,) class indices or (n, classes) rows."""
    to_class = lambda b: (b.argmax(dim=1) if b.dim() == 2 else b).cpu().long()
    labels = torch.cat([to_class(b) for b in y])
    guesses = torch.cat([to_class(b) for b in predicted])
    n = int(labels.max()) + 1
    confusion = torch.bincount(n * labels + guesses, minlength=n * n)
    return confusion[:: n + 1].sum().item() / len(labels)  # the diagonal
