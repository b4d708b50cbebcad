@torch.inference_mode()
def evaluate(model, batches):
    was = model.training
    model.eval()
    losses, hits = [], []
    for x, y in batches:
        out = model(x)
        losses.append(F.cross_entropy(out, y, reduction="none"))
        hits.append(out.max(dim=1).indices.eq(y))
    model.train(was)
    return torch.cat(losses).mean().item(), torch.cat(hits).double().mean().item()
