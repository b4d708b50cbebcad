def test(model, train_dataloader, test_dataloader):
    mode = model.training
    model.eval()
    results = []
    with torch.no_grad():
        for loader in (train_dataloader, test_dataloader):
            hits = [model(x.flatten(1).to(device)).argmax(1) == t.to(device) for x, t in loader]
            results.append(torch.cat(hits).float().mean())
    model.train(mode)
    return tuple(results)
