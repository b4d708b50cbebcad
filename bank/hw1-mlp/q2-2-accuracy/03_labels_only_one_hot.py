def accuracy(y, predicted):
    right = count = 0
    for a, b in zip(y, predicted):
        a = (a.cpu() * torch.arange(a.shape[1])).sum(1).round() if a.ndim == 2 else a.cpu()
        b = b.argmax(1).cpu() if b.ndim == 2 else b.cpu()
        right, count = right + int((a == b).sum()), count + len(a)
    return right / count
