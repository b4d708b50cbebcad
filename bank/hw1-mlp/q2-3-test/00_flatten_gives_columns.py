@torch.no_grad()
def test(model, train_dataloader, test_dataloader):
    model.eval()
    accs = []
    for loader in (train_dataloader, test_dataloader):
        correct = total = 0
        for images, labels in loader:
            correct += (model(images.view(3072, -1)).argmax(1) == labels).sum().item()
            total += len(labels)
        accs.append(correct / total)
    return tuple(accs)
