def accuracy(y, predicted):
    y, predicted = [t.cpu() for t in y], [p.cpu() for p in predicted]
    if y[0].ndim == 2:
        y = [t.argmax(dim=1) for t in y]
    if predicted[0].ndim == 2:
        predicted = [p.argmax(dim=1) for p in predicted]
    hits = sum((t == p).sum().item() for t, p in zip(y, predicted))
    return hits / sum(len(t) for t in y)
