# misconception: It takes the model to the CPU and leaves it there: the training goes on with its parameters on another device. Move the images and labels instead.
def test(model, train_dataloader, test_dataloader):
    was = model.training
    model.cpu().eval()

    def share(loader):
        y, predicted = [], []
        for images, labels in loader:
            y.append(labels.cpu())
            predicted.append(model(images.cpu().flatten(1)))
        return accuracy(y, predicted)

    with torch.no_grad():
        pair = share(train_dataloader), share(test_dataloader)
    model.train(was)
    return pair
