def train_epoch(model, batches, optimizer, scheduler=None):
    model.train()
    total, count = torch.zeros(()), 0
    for x, y in batches:
        optimizer.zero_grad()
        loss = F.cross_entropy(model(x), y)
        loss.backward()
        optimizer.step()
        if scheduler:
            scheduler.step()
        total += loss.detach() * y.shape[0]
        count += len(y)
    return total / count
