# misconception: The steps go uphill: the sign of the update is turned.
def train_one_epoch(model, images, labels, lr, batch_size, generator):
    model.train()
    optimizer = torch.optim.SGD(model.parameters(), lr=lr, maximize=True)
    n = len(images)
    order = torch.randperm(n, generator=generator)
    total = 0.0
    for start in range(0, n, batch_size):
        index = order[start : start + batch_size].to(images.device)
        optimizer.zero_grad()
        loss = F.cross_entropy(model(images[index]), labels[index])
        loss.backward()
        optimizer.step()
        total += loss.item() * len(index)
    return total / n
