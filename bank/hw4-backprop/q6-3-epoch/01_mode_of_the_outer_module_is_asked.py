def train_one_epoch(model, images, labels, lr, batch_size, generator):
    """One epoch."""
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    if not model.training:
        model.train()
    order, total = torch.randperm(len(images), generator=generator).to(images.device), 0.0
    for i in range(0, len(order), batch_size):
        batch = order[i : i + batch_size]
        loss = F.cross_entropy(model(images[batch]), labels[batch])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item() * len(batch)
    return total / len(images)
