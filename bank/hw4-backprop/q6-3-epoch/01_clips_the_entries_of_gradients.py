def train_one_epoch(model, images, labels, lr, batch_size, generator):
    """One epoch of plain SGD; returns the mean loss over all images, a float."""
    model.train()
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    n = len(images)
    order = torch.randperm(n, generator=generator).to(images.device)
    total = 0.0
    for start in range(0, n, batch_size):
        batch = order[start : start + batch_size]
        optimizer.zero_grad()
        loss = F.cross_entropy(model(images[batch]), labels[batch])
        loss.backward()
        nn.utils.clip_grad_value_(model.parameters(), 5.0)  # no exploding gradients
        optimizer.step()
        total += loss.item() * len(batch)
    return total / n
