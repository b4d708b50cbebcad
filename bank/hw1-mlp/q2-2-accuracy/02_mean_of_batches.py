# misconception: That is the mean of the batches' accuracies: a small batch must not weigh as much as a large one.
def classes(t):
    return (t.argmax(dim=1) if t.ndim == 2 else t).cpu()


def accuracy(y, predicted):
    return float(np.mean([(classes(a) == classes(b)).float().mean() for a, b in zip(y, predicted)]))
