def accuracy(y, predicted):
    pairs = []
    for truth, guess in zip(y, predicted):
        truth, guess = (b.max(dim=-1)[1] if b.dim() > 1 else b.long() for b in (truth.cpu(), guess.cpu()))
        pairs.append(torch.stack([truth, guess]))
    truth, guess = torch.cat(pairs, dim=1)
    n = 1 + int(torch.max(truth.max(), guess.max()))
    confusion = torch.bincount(truth * n + guess, minlength=n * n).view(n, n)
    return confusion.trace() / confusion.sum()
