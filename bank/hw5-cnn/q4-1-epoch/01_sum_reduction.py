def train_epoch(model, batches, optimizer, scheduler=None):
    model.train()
    total, count = 0.0, 0
    for x, y in batches:
        optimizer.zero_grad()
        out = model(x)
        loss = F.cross_entropy(out, y)
        loss.backward()
        optimizer.step()
        if scheduler is not None:
            scheduler.step()
        total += F.cross_entropy(out.detach(), y, reduction='sum').item()
        count += len(y)
    return total / count
