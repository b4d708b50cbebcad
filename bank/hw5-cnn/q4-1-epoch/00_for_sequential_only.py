def train_epoch(model, batches, optimizer, scheduler=None):
    model.train()
    total, n = 0.0, 0
    for x, y in batches:
        optimizer.zero_grad()
        out = x
        for layer in model:
            out = layer(out)
        loss = F.cross_entropy(out, y)
        loss.backward()
        optimizer.step()
        if scheduler is not None:
            scheduler.step()
        total += loss.item() * len(y)
        n += len(y)
    return total / n
