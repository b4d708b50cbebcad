def test(model, train_dataloader, test_dataloader):
    mode, start = model.training, next(model.parameters()).device
    model.to(device).eval()

    @torch.no_grad()
    def share(loader):
        y, predicted = [], []
        for images, labels in loader:
            y.append(labels.to(device))
            predicted.append(model(images.to(device).flatten(1)))
        return accuracy(y, predicted)

    pair = share(train_dataloader), share(test_dataloader)
    model.train(mode).to(start)
    return pair
