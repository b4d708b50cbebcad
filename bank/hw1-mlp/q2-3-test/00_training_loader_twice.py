# misconception: Both numbers are of the same loader.
@torch.no_grad()
def test(model, train_dataloader, test_dataloader):
    model.eval()

    def score(loader):
        correct = total = 0
        for images, labels in train_dataloader:
            correct += (model(images.flatten(1)).argmax(1) == labels).sum().item()
            total += len(labels)
        return correct / total

    return score(train_dataloader), score(test_dataloader)
