def train_one_epoch(model, images, labels, lr, batch_size, generator):
    model.train()
    n = len(images)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    total = 0.0
    pieces = list(torch.randperm(n, generator=generator).to(images.device).split(batch_size))
    if len(pieces) > 1 and len(pieces[-1]) == 1:
        pieces[-2:] = [torch.cat(pieces[-2:])]
    for index in pieces:
        optimizer.zero_grad()
        loss = F.cross_entropy(model(images[index]), labels[index])
        loss.backward()
        optimizer.step()
        total += loss.item() * len(index)
    return total / n
