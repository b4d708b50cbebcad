def training_accuracy(model, images, labels, batch_size=64):
    mode = model.training
    model.eval()
    right = 0
    with torch.no_grad():
        for x, y in zip(images.split(64), labels.split(64)):
            right += (model(x).argmax(1) == y).sum().item()
    model.train(mode)
    return right / len(labels)
