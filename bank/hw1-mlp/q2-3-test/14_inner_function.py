@torch.no_grad()
def test(model, train_dataloader, test_dataloader):
    mode = model.training
    model.eval()
    where = next(model.parameters()).device

    def score(loader):
        hits = [model(x.to(where).flatten(1)).argmax(1) == t.to(where) for x, t in loader]
        return torch.cat(hits).float().mean()

    result = score(train_dataloader), score(test_dataloader)
    model.train(mode)
    return result
