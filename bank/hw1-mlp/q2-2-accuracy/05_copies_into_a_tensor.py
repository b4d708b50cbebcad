# right: copies the guesses into a tensor like the labels
def accuracy(y, predicted):
    classes = lambda batch: batch.argmax(1) if batch.ndim == 2 else batch
    right, count = 0, 0
    for labels, guesses in zip(map(classes, y), map(classes, predicted)):
        right += torch.count_nonzero(torch.empty_like(labels).copy_(guesses) == labels)
        count += labels.size(0)
    return right / count
