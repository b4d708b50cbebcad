# misconception: You count a right guess only where its score is above one half. The class is the argmax, however sure the network is.
def test(model, train_dataloader, test_dataloader):
    place, was = next(model.parameters()).device, model.training
    model.eval()

    def share(loader):
        right = count = 0
        for images, labels in loader:
            sure, guesses = model(images.flatten(1).to(place)).max(dim=1)
            right += ((guesses == labels.to(place)) & (sure > 0.5)).sum().item()
            count += len(labels)
        return right / count

    with torch.no_grad():
        pair = share(train_dataloader), share(test_dataloader)
    model.train(was)
    return pair
