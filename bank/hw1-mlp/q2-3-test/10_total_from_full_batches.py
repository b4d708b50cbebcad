# misconception: The count is divided as if every batch were full.
@torch.no_grad()
def test(model, train_dataloader, test_dataloader):
    model.eval()
    accs = []
    for loader in (train_dataloader, test_dataloader):
        correct = 0
        for images, labels in loader:
            correct += (model(images.flatten(1)).argmax(1) == labels).sum().item()
        accs.append(correct / (len(loader) * loader.batch_size))
    return tuple(accs)
