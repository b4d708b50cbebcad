# misconception: A one-hot row may hold integers, too. Look at the number of axes and not at the dtype.
def accuracy(y, predicted):
    right = total = 0
    for labels, guesses in zip(y, predicted):
        labels, guesses = labels.cpu(), guesses.cpu()
        labels = labels.argmax(1) if labels.is_floating_point() else labels
        guesses = guesses.argmax(1) if guesses.is_floating_point() else guesses
        right += (labels == guesses).sum().item()
        total += len(labels)
    return right / total
