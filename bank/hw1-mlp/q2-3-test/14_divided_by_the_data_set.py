def test(model, train_dataloader, test_dataloader):
    training = model.training
    model.eval()
    right = {"train": 0, "test": 0}
    with torch.set_grad_enabled(False):
        for name, loader in (("train", train_dataloader), ("test", test_dataloader)):
            for x, t in tqdm(loader, leave=False):
                p = model(nn.Flatten()(x.to(device)))
                right[name] += torch.eq(p.topk(1).indices[:, 0], t.to(device)).sum()
    model.train(training)
    return right["train"] / len(train_dataloader.dataset), right["test"] / len(test_dataloader.dataset)
