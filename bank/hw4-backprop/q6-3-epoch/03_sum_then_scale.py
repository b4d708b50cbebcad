def train_one_epoch(model, images, labels, lr, batch_size, generator):
    model.train()
    order, total = torch.randperm(len(images), generator=generator), 0
    for i in range(math.ceil(len(images) / batch_size)):
        take = order[i * batch_size : (i + 1) * batch_size]
        for p in model.parameters():
            p.grad = None
        loss = nn.CrossEntropyLoss(reduction="sum")(model(images[take]), labels[take])
        (loss / len(take)).backward()
        for p in model.parameters():
            p.data -= lr * p.grad
        total += float(loss)
    return total / len(images)
