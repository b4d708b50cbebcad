# misconception: The smaller last mini-batch takes no step.
def train_one_epoch(model, images, labels, lr, batch_size, generator):
    model.train()
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    order, total = torch.randperm(len(images), generator=generator), 0.0
    for index in order.split(batch_size):
        optimizer.zero_grad()
        loss = F.cross_entropy(model(images[index]), labels[index])
        loss.backward()
        if len(index) == batch_size:
            optimizer.step()
        total += loss.item() * len(index)
    return total / len(images)
