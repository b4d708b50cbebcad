# misconception: cross_entropy expects logits: there is a softmax in front of it.
def train_one_epoch(model, images, labels, lr, batch_size, generator):
    model.train()
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    n = len(images)
    order = torch.randperm(n, generator=generator)
    total = 0.0
    for start in range(0, n, batch_size):
        index = order[start : start + batch_size].to(images.device)
        optimizer.zero_grad()
        loss = F.cross_entropy(torch.softmax(model(images[index]), 1), labels[index])
        loss.backward()
        optimizer.step()
        total += loss.item() * len(index)
    return total / n
