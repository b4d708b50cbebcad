# misconception: You clear the model's gradients. A test changes nothing of the model.
def test(model, train_dataloader, test_dataloader):
    def share(loader):
        right = total = 0
        for images, labels in loader:
            model.zero_grad()
            place = next(model.parameters()).device
            p = model(images.flatten(1).to(place))
            right += int((p.argmax(1) == labels.to(place)).sum())
            total += len(labels)
        return right / total

    mode = model.training
    model.eval()
    with torch.no_grad():
        result = share(train_dataloader), share(test_dataloader)
    model.train(mode)
    return result
