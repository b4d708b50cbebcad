def train_one_epoch(model, images, labels, lr, batch_size, generator):
    model.training = True
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    n, total = len(images), 0.0
    order = torch.randperm(n, generator=generator)
    for start in range(0, n, batch_size):
        index = order[start : start + batch_size].to(images.device)
        optimizer.zero_grad()
        loss = F.cross_entropy(model(images[index]), labels[index])
        loss.backward()
        optimizer.step()
        total += loss.item() * len(index)
    return total / n
