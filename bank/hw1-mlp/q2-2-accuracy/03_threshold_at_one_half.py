# misconception: A score above one half is not what decides: with many classes the largest may be far below it.
def accuracy(y, predicted):
    right = total = 0
    for labels, guesses in zip(y, predicted):
        labels, guesses = labels.cpu(), guesses.cpu()
        labels = (labels > 0.5).int().argmax(1) if labels.ndim == 2 else labels
        guesses = (guesses > 0.5).int().argmax(1) if guesses.ndim == 2 else guesses
        right += (labels == guesses).sum().item()
        total += len(labels)
    return right / total
