def accuracy(y, predicted):
    flat = lambda batches: np.concatenate([b.numpy().argmax(1) if b.ndim == 2 else b.numpy() for b in batches])
    return float((flat(y) == flat(predicted)).mean())
