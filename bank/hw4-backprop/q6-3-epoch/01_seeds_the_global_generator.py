# misconception: PyTorch's global generator is seeded anew: dropout is the same in every epoch.
def train_one_epoch(model, images, labels, lr, batch_size, generator):
    torch.manual_seed(0)
    model.train()
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    n, total = len(images), 0.0
    for batch in torch.randperm(n, generator=generator).split(batch_size):
        optimizer.zero_grad()
        loss = F.cross_entropy(model(images[batch]), labels[batch])
        loss.backward()
        optimizer.step()
        total += loss.item() * len(batch)
    return total / n
