# misconception: Labels and predictions come from two passes over the loader. A loader that shuffles gives another order each time.
def test(model, train_dataloader, test_dataloader):
    mode, place = model.training, next(model.parameters()).device
    model.eval()
    results = []
    with torch.no_grad():
        for loader in (train_dataloader, test_dataloader):
            guesses = torch.cat([model(images.flatten(1).to(place)).argmax(1).cpu() for images, _ in loader])
            labels = torch.cat([t for _, t in loader])
            results.append((guesses == labels).float().mean().item())
    model.train(mode)
    return tuple(results)
