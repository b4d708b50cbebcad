import contextlib
import functools


def evaluating(function):
    """Evaluation mode and no gradients around a function whose first argument is a model."""

    @functools.wraps(function)
    def wrapped(model, *args, **kwargs):
        with contextlib.ExitStack() as stack:
            stack.callback(model.train, model.training)
            stack.enter_context(torch.no_grad())
            return function(model.train(False), *args, **kwargs)

    return wrapped


def share(model, loader):
    target = {p.device for p in model.parameters()}.pop()
    y, predicted = zip(*((b.to(target), model(a.to(device=target, non_blocking=True).reshape(-1, 3072))) for a, b in loader))
    return accuracy(list(y), list(predicted))


@evaluating
def test(model, train_dataloader, test_dataloader):
    return share(model, train_dataloader), share(model, test_dataloader)
