def train_epoch(model, batches, optimizer, scheduler=None):
    model.train()
    batches = list(batches)
    full = [b for b in batches if len(b[1]) == len(batches[0][1])]
    total, count = 0.0, 0
    for x, y in full:
        optimizer.zero_grad()
        loss = F.cross_entropy(model(x), y)
        loss.backward()
        optimizer.step()
        if scheduler:
            scheduler.step()
        total += loss.item() * len(y)
        count += len(y)
    return total / count
