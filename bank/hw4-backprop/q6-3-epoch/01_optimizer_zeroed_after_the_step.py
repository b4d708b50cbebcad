def train_one_epoch(model, images, labels, lr, batch_size, generator):
    """One epoch of plain SGD; returns the mean loss over all images, a float."""
    model.train()
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    n, total = len(images), 0.0
    order = torch.randperm(n, generator=generator).to(images.device)
    for start in range(0, n, batch_size):
        idx = order[start : start + batch_size]
        loss = F.cross_entropy(model(images[idx]), labels[idx])
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
        total += loss.item() * len(idx)
    return total / n
