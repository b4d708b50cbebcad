def train_epoch(model, batches, optimizer, scheduler=None):
    model.train()
    total, count = 0.0, 0
    for x, y in batches:
        optimizer.zero_grad()
        loss = F.mse_loss(model(x).softmax(1), F.one_hot(y, 4).double())
        loss.backward()
        optimizer.step()
        if scheduler is not None:
            scheduler.step()
        total += loss.item() * len(y)
        count += len(y)
    return total / count
