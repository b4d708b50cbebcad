@torch.no_grad()
def test(model, train_dataloader, test_dataloader):
    model.eval()
    accs = []
    for loader in (train_dataloader, test_dataloader):
        correct = total = 0
        for images, labels in loader:
            predicted, _ = torch.max(model(images.flatten(1)), 1)
            correct += (predicted == labels).sum().item()
            total += len(labels)
        accs.append(correct / total)
    return tuple(accs)
