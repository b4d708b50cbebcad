# misconception: requires_grad of some parameter is another one after the test than before. Use torch.no_grad() instead.
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
