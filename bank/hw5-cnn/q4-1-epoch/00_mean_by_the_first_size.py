def train_epoch(model, batches, optimizer, scheduler=None):
    model.train()
    total, count = 0.0, 0
    for x, y in batches:
        optimizer.zero_grad()
        loss = F.cross_entropy(model(x), y)
        loss.backward()
        optimizer.step()
        if scheduler:
            scheduler.step()
        size = len(y) if count == 0 else size
        total += loss.item() * size
        count += size
    return total / count
