from contextlib import contextmanager


@contextmanager
def quiet(model):
    modes = [(module, module.training) for module in model.modules()]
    model.eval()
    try:
        with torch.no_grad():
            yield next(iter(model.state_dict().values())).device
    finally:
        for module, mode in modes:
            module.training = mode


def test(model, train_dataloader, test_dataloader):
    def hits(loader, where):
        for images, labels in loader:
            probabilities = model(torch.flatten(images, start_dim=1).to(where, non_blocking=True))
            yield from (probabilities.argmax(-1) == labels.to(where)).tolist()

    with quiet(model) as where:
        found = [list(hits(loader, where)) for loader in (train_dataloader, test_dataloader)]
    return torch.tensor([sum(f) / len(f) for f in found])
