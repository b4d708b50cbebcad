def evaluate(model, batches):
    model.eval()
    state = {name: p.detach() for name, p in model.named_parameters()} | dict(model.named_buffers())
    seen, loss, hits = 0, torch.zeros((), dtype=torch.float64), 0
    with torch.set_grad_enabled(False):
        for x, y in batches:
            z = torch.func.functional_call(model, state, (x,))
            loss += -z.log_softmax(1).gather(1, y[:, None]).sum().cpu()
            hits, seen = hits + int((z.topk(1).indices[:, 0] == y).sum()), seen + y.numel()
    return loss.item() / seen, hits / seen
