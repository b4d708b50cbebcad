def train_epoch(model, batches, optimizer, scheduler=None):
    model.train()
    losses, sizes = [], []
    for x, y in batches:
        optimizer.zero_grad()
        loss = F.cross_entropy(model(x), y)
        loss.backward()
        optimizer.step()
        if scheduler:
            scheduler.step()
        losses.append(loss.item())
        sizes.append(len(x))
    return np.average(losses, weights=sizes)
