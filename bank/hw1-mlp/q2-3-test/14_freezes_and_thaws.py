def test(model, train_dataloader, test_dataloader):
    mode, flags = model.training, [p.requires_grad for p in model.parameters()]
    model.eval()
    model.requires_grad_(False)
    result = []
    for loader in (train_dataloader, test_dataloader):
        right = count = 0
        for images, labels in loader:
            place = next(model.parameters()).device
            guesses = model(images.to(place).flatten(1)).argmax(1)
            right += (guesses == labels.to(place)).sum().item()
            count += len(labels)
        result.append(right / count)
    for p, flag in zip(model.parameters(), flags):
        p.requires_grad_(flag)
    model.train(mode)
    return tuple(result)
