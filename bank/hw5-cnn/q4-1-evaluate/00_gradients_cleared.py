# The gradients of the model are cleared.
def evaluate(model, batches):
    model.eval()
    loss = hits = n = 0
    model.zero_grad()
    with torch.no_grad():
        for x, y in batches:
            z = model(x)
            loss += F.cross_entropy(z, y, reduction="sum").item()
            hits += (z.argmax(1) == y).sum().item()
            n += len(y)
    return loss / n, hits / n
