def train_epoch(model, batches, optimizer, scheduler=None):
    model.train()
    total, samples = 0.0, 0
    for x, y in batches:

        def closure(x=x, y=y):
            optimizer.zero_grad()
            loss = nn.functional.cross_entropy(model(x), y)
            loss.backward()
            return loss

        total += float(optimizer.step(closure)) * y.numel()
        samples += y.numel()
        if scheduler is not None:
            scheduler.step()
    return total / samples
