# misconception: One-hot rows are compared entry by entry: compare the classes of the rows.
def accuracy(y, predicted):
    a, b = torch.cat(y), torch.cat(predicted)
    if a.ndim == 2 and b.ndim == 2:
        b = F.one_hot(b.argmax(1), b.shape[1])
    if a.ndim != b.ndim:
        a = F.one_hot(a, b.shape[1]) if a.ndim == 1 else a
        b = F.one_hot(b, a.shape[1]) if b.ndim == 1 else F.one_hot(b.argmax(1), b.shape[1])
    return (a == b).float().mean()
