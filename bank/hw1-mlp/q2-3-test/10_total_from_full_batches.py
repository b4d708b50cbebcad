# misconception: The count is divided as if every batch were full.
@torch.no_grad()
def test(model, train_dataloader, test_dataloader):
    model.eval()
    accs, place = [], next(model.parameters()).device
    for loader in (train_dataloader, test_dataloader):
        correct = 0
        for images, labels in loader:
            correct += (model(images.flatten(1).to(place)).argmax(1) == labels.to(place)).sum().item()
        accs.append(correct / (len(loader) * loader.batch_size))
    return tuple(accs)
