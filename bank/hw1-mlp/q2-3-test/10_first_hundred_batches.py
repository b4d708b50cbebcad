# misconception: You stop after a fixed number of batches. The accuracy counts all images of a loader.
def test(model, train_dataloader, test_dataloader):
    def share(loader):
        right = total = 0
        for i, (images, labels) in enumerate(loader):
            if i == 100:
                break
            images, labels = images.flatten(1).to(device), labels.to(device)
            right += (model(images).argmax(1) == labels).sum().item()
            total += len(labels)
        return right / total

    mode = model.training
    model.eval()
    with torch.no_grad():
        result = share(train_dataloader), share(test_dataloader)
    model.train(mode)
    return result
