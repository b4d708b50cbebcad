def train_epoch(model, batches, optimizer, scheduler=None):
    model.train()
    trainable = [p for p in model.parameters() if p.requires_grad]
    losses, sizes = [], []
    for x, y in batches:
        loss = F.nll_loss(F.log_softmax(model(x), dim=-1), y)
        for p, gradient in zip(trainable, torch.autograd.grad(loss, trainable, materialize_grads=True), strict=True):
            p.grad = gradient
        optimizer.step()
        scheduler and scheduler.step()
        losses.append(loss.detach())
        sizes.append(x.shape[0])
    weights = torch.tensor(sizes, dtype=torch.float64)
    return float(torch.stack(losses).double().cpu() @ weights / weights.sum())
