@torch.no_grad()
def test(model, train_dataloader, test_dataloader):
    place = next(model.parameters()).device
    training = model.training
    model.eval()
    results = []
    for loader in (train_dataloader, test_dataloader):
        hits = []
        for images, labels in loader:
            out = model(images.reshape(images.shape[0], -1).to(place))
            hits.append((out.argmax(dim=-1) == labels.to(place)).float().cpu())
        results.append(torch.cat(hits).mean())
    model.train(training)
    return results[0], results[1]
