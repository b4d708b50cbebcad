def test(model, train_dataloader, test_dataloader):
    model.eval()
    correct = total = 0
    with torch.no_grad():
        for images, labels in test_dataloader:
            correct += (model(images.flatten(1)).argmax(1) == labels).sum().item()
            total += len(labels)
    return correct / total
