def evaluate(model, loader):
    place = next(model.parameters()).device
    right = n = 0
    for images, labels in loader:
        guesses = model(images.flatten(1).to(place)).argmax(1)
        right += (guesses == labels.to(place)).sum().item()
        n += len(labels)
    return right / n


def test(model, train_dataloader, test_dataloader):
    with torch.no_grad():
        return evaluate(model, train_dataloader), evaluate(model, test_dataloader)
