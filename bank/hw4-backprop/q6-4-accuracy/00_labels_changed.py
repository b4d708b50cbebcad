# misconception: The labels are changed: -= works on the tensor that was passed.
def training_accuracy(model, images, labels, batch_size=64):
    mode = model.training
    model.eval()
    with torch.no_grad():
        for start in range(0, len(images), batch_size):
            labels[start : start + batch_size] -= model(images[start : start + batch_size]).argmax(1)
    model.train(mode)
    return (labels == 0).float().mean().item()
