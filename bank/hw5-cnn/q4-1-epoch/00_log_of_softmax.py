def train_epoch(model, batches, optimizer, scheduler=None):
    model.train()
    total, n = 0.0, 0
    for x, y in batches:
        probabilities = torch.softmax(model(x), dim=1)
        loss = -torch.log(probabilities[torch.arange(len(y)), y]).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if scheduler is not None:
            scheduler.step()
        total += loss.item() * len(y)
        n += len(y)
    return total / n
