def rows(images):
    return images.view(images.size(0), -1)


def images(loader):
    """All images and labels of a loader, on the model's device."""
    return [torch.cat(part) for part in zip(*loader)]


def labels(p):
    return p.max(1).indices


def test(model, train_dataloader, test_dataloader):
    mode = model.training
    model.eval()
    result = []
    with torch.no_grad():
        for loader in (train_dataloader, test_dataloader):
            x, y = images(loader)
            p = model(rows(x).to(next(model.parameters())))
            result.append((labels(p) == y.to(p.device)).double().mean())
    model.train(mode)
    return tuple(result)
