# misconception: It switches requires_grad off for good: the network can no longer be trained after a test. Use torch.no_grad().
def test(model, train_dataloader, test_dataloader):
    mode, place = model.training, next(model.parameters()).device
    model.eval().requires_grad_(False)

    @torch.no_grad()
    def score(loader):
        hits = [model(x.flatten(1).to(place)).argmax(1).cpu() == t for x, t in loader]
        return torch.cat(hits).float().mean().item()

    result = score(train_dataloader), score(test_dataloader)
    model.train(mode)
    return result
