def train_one_epoch(model, images, labels, lr, batch_size, generator):
    model.train(True)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    order = torch.randperm(len(labels), generator=generator)
    losses, sizes = [], []
    for start in range(0, len(order), batch_size):
        index = order[start : start + batch_size]
        optimizer.zero_grad()
        loss = nn.CrossEntropyLoss()(model(images[index]), labels[index])
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
        sizes.append(len(index))
    return np.average(losses, weights=sizes)
