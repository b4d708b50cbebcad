def test(model, train_dataloader, test_dataloader):
    device = next(model.parameters()).device
    was_training = model.training
    model.to(device).eval()
    accuracies = []
    with torch.no_grad():
        for loader in (train_dataloader, test_dataloader):
            right, total = 0, 0
            for images, labels in loader:
                images, labels = images.to(device), labels.to(device)
                right += (model(images.flatten(1)).argmax(1) == labels).sum().item()
                total += labels.size(0)
            accuracies.append(right / total)
    model.train(was_training)
    return accuracies[0], accuracies[1]
