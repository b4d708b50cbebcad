def test(model, train_dataloader, test_dataloader):
    before, mode = torch.is_grad_enabled(), model.training
    torch.set_grad_enabled(False)
    model.eval()
    found = {}
    for key, old in {"train": train_dataloader, "test": test_dataloader}.items():
        batches = iter(DataLoader(old.dataset, batch_size=64, shuffle=False, drop_last=False))
        hits = []
        while (pair := next(batches, None)) is not None:
            x, y = (t.to(next(model.parameters()).device) for t in pair)
            hits.append(model(torch.flatten(x, start_dim=1)).softmax(1).argmax(1).eq(y).cpu())
        found[key] = torch.cat(hits).float().mean().item()
    model.train(mode)
    torch.set_grad_enabled(before)
    return found["train"], found["test"]
