def test(model, train_dataloader, test_dataloader):
    mode = model.training
    model.eval()
    results = []
    with torch.no_grad():
        for loader in (train_dataloader, test_dataloader):
            right = total = 0
            for images, labels in loader:
                right += (model(images.flatten(1)).argmax(1) == labels).sum().item()
                total += len(labels)
            results.append(right / total)
    model.train(mode)
    return tuple(results)
