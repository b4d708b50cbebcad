def evaluate(model, batches):
    model.eval()
    loss, hits, n = 0.0, 0, 0
    with torch.no_grad():
        for x, y in batches:
            p = torch.softmax(model(x), dim=1)
            loss -= torch.log(p[range(len(y)), y]).sum().item()
            hits += (p.argmax(1) == y).sum().item()
            n += len(y)
    return loss / n, hits / n
