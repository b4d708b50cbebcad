@torch.no_grad()
def training_accuracy(model, images, labels, batch_size=64):
    parts = [model, *model.children()]
    modes = [part.training for part in parts]
    model.eval()
    right = 0
    for start in range(0, len(images), batch_size):
        batch = slice(start, start + batch_size)
        right += (model(images[batch]).argmax(1) == labels[batch]).sum().item()
    for part, mode in zip(parts, modes):
        part.train(mode)
    return right / len(images)
