def training_accuracy(model, images, labels, batch_size=64):
    mode = model.training
    model.eval()
    right = 0
    torch.set_grad_enabled(False)
    if True:
        for x, y in zip(images.split(batch_size), labels.split(batch_size)):
            right += (model(x).argmax(1) == y).sum().item()
    torch.set_grad_enabled(True)
    model.train(mode)
    return right / len(labels)
