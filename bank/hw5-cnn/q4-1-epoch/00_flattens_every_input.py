def train_epoch(model, batches, optimizer, scheduler=None):
    model.train()
    total, n = 0.0, 0
    for x, y in batches:
        x = x.view(x.size(0), -1)
        optimizer.zero_grad()
        loss = F.cross_entropy(model(x), y)
        loss.backward()
        optimizer.step()
        if scheduler:
            scheduler.step()
        total += loss.item() * x.size(0)
        n += x.size(0)
    return total / n
