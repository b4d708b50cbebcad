# misconception: You remember the result of an earlier call. The model may have been trained since.
_known = {}


def test(model, train_dataloader, test_dataloader):
    def share(loader):
        key = id(model), id(loader)
        if key not in _known:
            right = total = 0
            for images, labels in loader:
                place = next(model.parameters()).device
                p = model(images.flatten(1).to(place))
                right += int((p.argmax(1) == labels.to(place)).sum())
                total += len(labels)
            _known[key] = right / total
        return _known[key]

    mode = model.training
    model.eval()
    with torch.no_grad():
        result = share(train_dataloader), share(test_dataloader)
    model.train(mode)
    return result
