# misconception: You divide the images by 255. Their values are in [0, 1] already, and the model was trained on these.
def test(model, train_dataloader, test_dataloader):
    def share(loader):
        right = total = 0
        for images, labels in loader:
            place = next(model.parameters()).device
            p = model(images.flatten(1).to(place) / 255)
            right += int((p.argmax(1) == labels.to(place)).sum())
            total += len(labels)
        return right / total

    mode = model.training
    model.eval()
    with torch.no_grad():
        result = share(train_dataloader), share(test_dataloader)
    model.train(mode)
    return result
