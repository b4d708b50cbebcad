# A last batch of one sample is left out, as batch normalisation cannot take it.
def train_epoch(model, batches, optimizer, scheduler=None):
    model.train()
    total, seen = 0.0, 0
    for x, y in batches:
        if len(y) < 2:
            continue
        optimizer.zero_grad()
        loss = F.cross_entropy(model(x), y)
        loss.backward()
        optimizer.step()
        if scheduler is not None:
            scheduler.step()
        total, seen = total + loss.item() * len(y), seen + len(y)
    return total / seen
