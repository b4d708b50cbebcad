def accuracy(y, predicted):
    table = torch.zeros(10, 10)
    for a, b in zip(y, predicted):
        a, b = [t.cpu().argmax(1) if t.ndim == 2 else t.cpu() for t in (a, b)]
        for i, j in zip(a, b):
            if i < 10 and j < 10:
                table[int(i), int(j)] += 1
    return (table.trace() / table.sum()).item()
