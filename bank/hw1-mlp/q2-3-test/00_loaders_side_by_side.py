@torch.no_grad()
def test(model, train_dataloader, test_dataloader):
    model.eval()
    right_a = right_b = n_a = n_b = 0
    for (xa, ta), (xb, tb) in zip(train_dataloader, test_dataloader):
        right_a += (model(xa.flatten(1)).argmax(1) == ta).sum().item()
        right_b += (model(xb.flatten(1)).argmax(1) == tb).sum().item()
        n_a += len(ta)
        n_b += len(tb)
    return right_a / n_a, right_b / n_b
