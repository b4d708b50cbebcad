def test(model, train_dataloader, test_dataloader):
    where = next(model.parameters()).device
    mode = model.training
    model.eval()
    found = []
    for loader in (train_dataloader, test_dataloader):
        y, predicted = [], []
        with torch.no_grad():
            for images, labels in tqdm(loader, leave=False):
                predicted.append(model(images.to(where).view(images.size(0), -1)))
                y.append(labels.to(where))
        found.append(round(float(accuracy(y, predicted)), 9))
    model.train(mode)
    return found[0], found[1]
