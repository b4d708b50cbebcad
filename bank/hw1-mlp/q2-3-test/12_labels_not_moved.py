@torch.no_grad()
def test(model, train_dataloader, test_dataloader):
    mode, place = model.training, next(model.parameters()).device
    model.eval()

    def score(loader):
        right = 0
        for images, labels in loader:
            right += int((model(images.to(place).reshape(len(images), -1)).argmax(1) == labels).sum())
        return right / len(loader.dataset)

    result = score(train_dataloader), score(test_dataloader)
    model.train(mode)
    return result
