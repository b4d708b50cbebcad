# misconception: The counters go on from the training images to the test images.
@torch.no_grad()
def test(model, train_dataloader, test_dataloader):
    model.eval()
    correct = total = 0
    accs = []
    for loader in (train_dataloader, test_dataloader):
        for images, labels in loader:
            correct += (model(images.flatten(1)).argmax(1) == labels).sum().item()
            total += len(labels)
        accs.append(correct / total)
    return tuple(accs)
