def evaluate(model, batches):
    for module in model.children():
        module.eval()
    loss, hits, n = 0.0, 0, 0
    with torch.no_grad():
        for x, y in batches:
            z = model(x)
            loss += F.cross_entropy(z, y, reduction="sum").item()
            hits += (z.argmax(1) == y).sum().item()
            n += len(y)
    return loss / n, hits / n
