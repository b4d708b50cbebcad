# misconception: Gradients of earlier batches are still in it: zero_grad is missing.
def train_epoch(model, batches, optimizer, scheduler=None):
    model.train()
    total, count = 0.0, 0
    for x, y in batches:
        loss = F.cross_entropy(model(x), y)
        loss.backward()
        optimizer.step()
        if scheduler is not None:
            scheduler.step()
        total += loss.item() * len(y)
        count += len(y)
    return total / count
