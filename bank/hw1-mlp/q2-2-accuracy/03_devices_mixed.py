def accuracy(y, predicted):
    right = total = 0
    for labels, guesses in zip(y, predicted):
        if labels.ndim == 2:
            labels = labels.argmax(1)
        if guesses.ndim == 2:
            guesses = guesses.argmax(1)
        right += (labels == guesses).sum().item()
        total += len(labels)
    return right / total
