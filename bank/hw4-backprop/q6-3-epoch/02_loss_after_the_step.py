# misconception: The loss of a mini-batch is computed after its step.
def train_one_epoch(model, images, labels, lr, batch_size, generator):
    model.train()
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    order, total = torch.randperm(len(images), generator=generator), 0.0
    for batch in order.split(batch_size):
        x, y = images[batch], labels[batch]
        optimizer.zero_grad()
        F.cross_entropy(model(x), y).backward()
        optimizer.step()
        with torch.no_grad():
            total += F.cross_entropy(model(x), y, reduction="sum").item()
    return total / len(images)
