# misconception: The parameters no longer require gradients afterwards: the next epoch cannot train them.
def training_accuracy(model, images, labels, batch_size=64):
    training = model.training
    model.eval()
    for p in model.parameters():
        p.requires_grad = False
    with torch.no_grad():
        right = sum((model(x).argmax(1) == y).sum().item() for x, y in zip(images.split(batch_size), labels.split(batch_size)))
    model.train(training)
    return right / len(labels)
