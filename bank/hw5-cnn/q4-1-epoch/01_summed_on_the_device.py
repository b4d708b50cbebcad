def one_step(model, x, y, optimizer):
    optimizer.zero_grad(set_to_none=True)
    losses = F.cross_entropy(model(x), y, reduction="none")
    losses.mean().backward()
    optimizer.step()
    return losses.detach()


def train_epoch(model, batches, optimizer, scheduler=None):
    model.train(True)
    kept = []
    for batch in batches:
        kept.append(one_step(model, *batch, optimizer))
        scheduler and scheduler.step()
    return torch.cat(kept).mean().item()
