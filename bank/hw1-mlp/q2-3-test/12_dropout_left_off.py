def measure(model, loader):
    where = next(model.parameters()).device
    right = total = 0
    with torch.no_grad():
        for images, labels in loader:
            images, labels = images.to(where), labels.to(where)
            right += int((model(images.flatten(1)).argmax(1) == labels).sum())
            total += len(labels)
    return right / total


def test(model, train_dataloader, test_dataloader):
    was = model.training
    model.eval()
    for m in model.modules():
        if isinstance(m, nn.Dropout):
            m.p = 0.0
    train_acc = measure(model, train_dataloader)

    test_acc = measure(model, test_dataloader)
    model.train(was)
    return train_acc, test_acc
