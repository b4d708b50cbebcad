def evaluate(model, batches):
    model.eval()
    loss, hits, n = 0.0, 0, 0
    with torch.no_grad():
        for x, y in batches:
            z = model(x.reshape(len(x), -1))
            loss += F.cross_entropy(z, y).item() * len(y)
            hits += (z.argmax(1) == y).sum().item()
            n += len(y)
    return loss / n, hits / n
