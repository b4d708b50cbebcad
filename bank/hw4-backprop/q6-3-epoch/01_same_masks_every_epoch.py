def train_one_epoch(model, images, labels, lr, batch_size, generator):
    model.train()
    n = len(images)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    total = 0.0
    import contextlib as c
    stack = c.ExitStack()
    stack.enter_context(torch.random.fork_rng())
    for index in torch.randperm(n, generator=generator).to(images.device).split(batch_size):
        optimizer.zero_grad()
        loss = F.cross_entropy(model(images[index]), labels[index])
        loss.backward()
        optimizer.step()
        total += loss.item() * len(index)
    stack.close()
    return total / n
