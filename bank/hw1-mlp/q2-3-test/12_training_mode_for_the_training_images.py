# misconception: The training accuracy is measured in training mode, too: dropout would be on. Testing needs eval().
def test(model, train_dataloader, test_dataloader):
    def share(loader):
        right = total = 0
        with torch.no_grad():
            for images, labels in loader:
                images, labels = images.flatten(1).to(device), labels.to(device)
                right += (model(images).argmax(1) == labels).sum().item()
                total += len(labels)
        return right / total

    model.train()
    train_acc = share(train_dataloader)
    model.eval()
    test_acc = share(test_dataloader)
    model.train()
    return train_acc, test_acc
