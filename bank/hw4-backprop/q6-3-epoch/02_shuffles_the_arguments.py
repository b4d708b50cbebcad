# misconception: images and labels are in another order after the call: shuffle copies, or index them.
def train_one_epoch(model, images, labels, lr, batch_size, generator):
    model.train()
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    order, total = torch.randperm(len(images), generator=generator), 0.0
    images[:], labels[:] = images[order], labels[order]
    for x, y in zip(images.split(batch_size), labels.split(batch_size)):
        optimizer.zero_grad()
        loss = F.cross_entropy(model(x), y)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(y)
    return total / len(images)
