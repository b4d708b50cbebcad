# right: type_as takes the device over, too
def accuracy(y, predicted):
    right = count = 0
    for labels, guesses in zip(y, predicted):
        labels = labels.argmax(1) if labels.dim() == 2 else labels
        guesses = guesses.argmax(1) if guesses.dim() == 2 else guesses
        right += (guesses.type_as(labels) == labels).sum().item()
        count += labels.numel()
    return right / count
