@torch.no_grad()
def training_accuracy(model, images, labels, batch_size=64):
    mode = model.training
    model.training = False
    right = 0
    for start in range(0, len(images), batch_size):
        guesses = model(images[start : start + batch_size]).argmax(1)
        right += (guesses == labels[start : start + batch_size]).sum().item()
    model.training = mode
    return right / len(images)
