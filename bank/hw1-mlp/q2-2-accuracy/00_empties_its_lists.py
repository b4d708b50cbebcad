def accuracy(y, predicted):
    right = total = 0
    while y:
        labels, guesses = y.pop().cpu(), predicted.pop().cpu()
        labels = labels.argmax(1) if labels.dim() > 1 else labels
        guesses = guesses.argmax(1) if guesses.dim() > 1 else guesses
        right += int(torch.sum(labels == guesses))
        total += labels.shape[0]
    return right / total
