# misconception: That is the loss of the last batch only, not of the whole pass.
def train_one_epoch(model, images, labels, lr, batch_size, generator):
    model.train()
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
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
    return loss.item()
