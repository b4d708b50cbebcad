import copy
from typing import NamedTuple


class Accuracies(NamedTuple):
    train: float
    test: float


@torch.inference_mode()
def test(model, train_dataloader, test_dataloader) -> Accuracies:
    twin = copy.deepcopy(model).eval()
    where = next(twin.parameters()).device

    def share(loader):
        pairs = [(twin(x.to(where).reshape(len(x), -1)).topk(1).indices[:, 0], t.to(where)) for x, t in loader]
        return torch.cat([p == t for p, t in pairs]).double().mean().item()

    return Accuracies(share(train_dataloader), share(test_dataloader))
