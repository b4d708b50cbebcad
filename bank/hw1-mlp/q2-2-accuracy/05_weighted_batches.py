def accuracy(y, predicted):
    total = sum(len(a) for a in y)
    share = 0.0
    for a, b in zip(y, predicted):
        a = torch.argmax(a, -1) if a.ndim > 1 else a
        b = torch.argmax(b, -1) if b.ndim > 1 else b
        share += (a.cpu() == b.cpu()).double().mean().item() * len(a) / total
    return share
