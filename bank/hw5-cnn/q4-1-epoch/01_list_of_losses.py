def train_epoch(model, batches, optimizer, scheduler=None):
    model.train(True)
    losses = []
    for x, y in batches:
        logits = model(x)
        each = nn.CrossEntropyLoss(reduction="none")(logits, y)
        for p in model.parameters():
            p.grad = None
        each.mean().backward()
        optimizer.step()
        None if scheduler is None else scheduler.step()
        losses += each.tolist()
    return sum(losses) / len(losses)
