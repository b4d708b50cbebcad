# misconception: Rows of scores are compared number by number: reduce each row to its class first.
def accuracy(y, predicted):
    correct = sum((t == p).sum().item() for t, p in zip(y, predicted))
    return correct / sum(t.numel() for t in y)
