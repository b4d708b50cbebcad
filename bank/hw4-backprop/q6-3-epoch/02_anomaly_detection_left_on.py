def train_one_epoch(model, images, labels, lr, batch_size, generator):
    torch.autograd.set_detect_anomaly(True)
    n = len(labels)
    opt = torch.optim.SGD(model.parameters(), lr=lr)
    model.train()
    total = 0.0
    order = torch.randperm(n, generator=generator)
    for start in range(0, n, batch_size):
        idx = order[start : start + batch_size]
        opt.zero_grad()
        loss = F.cross_entropy(model(images[idx]), labels[idx])
        loss.backward()
        opt.step()
        total += loss.item() * len(idx)
    return total / n
