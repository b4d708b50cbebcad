# misconception: Only the last batch counts here.
def evaluate(model, loader):
    place = next(model.parameters()).device
    for images, labels in loader:
        guesses = model(images.flatten(1).to(place)).argmax(1)
        right = (guesses == labels.to(place)).sum().item()
        n = len(labels)
    return right / n


def test(model, train_dataloader, test_dataloader):
    mode = model.training
    model.eval()
    with torch.no_grad():
        result = evaluate(model, train_dataloader), evaluate(model, test_dataloader)
    model.train(mode)
    return result
