def accuracy(y, predicted):
    y, predicted = torch.stack(y), torch.stack(predicted)
    if y.ndim == 3:
        y, predicted = y.argmax(-1), predicted.argmax(-1)
    return (y == predicted).float().mean()
