def accuracy(y, predicted):
    hits = []
    for labels, guesses in zip(y, predicted):
        guesses = guesses.to(labels.device)
        labels = torch.argmax(labels, dim=-1) if labels.dim() == 2 else labels
        guesses = torch.argmax(guesses, dim=-1) if guesses.dim() == 2 else guesses
        hits.append(labels.eq(guesses))
    return torch.cat(hits).double().mean()
