def test(model, train_dataloader, test_dataloader):
    def score(loader):
        correct = total = 0
        for images, labels in loader:
            correct += (model(images.flatten(1)).argmax(1) == labels).sum().item()
            total += len(labels)
        return correct / total

    with torch.no_grad():
        model.train()
        train_acc = score(train_dataloader)
        model.eval()
        test_acc = score(test_dataloader)
    return train_acc, test_acc
