# misconception: Gradients are switched off and not on again, so that no training works after a test. Use `with torch.no_grad():`.
def test(model, train_dataloader, test_dataloader):
    torch.set_grad_enabled(False)
    mode, place = model.training, next(model.parameters()).device
    model.eval()
    results = []
    for loader in (train_dataloader, test_dataloader):
        right = total = 0
        for images, labels in loader:
            right += (model(images.flatten(1).to(place)).argmax(1) == labels.to(place)).sum().item()
            total += len(labels)
        results.append(right / total)
    model.train(mode)
    return tuple(results)
