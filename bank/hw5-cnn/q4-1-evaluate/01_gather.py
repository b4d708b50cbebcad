def evaluate(model, batches):
    model.eval()
    with torch.no_grad():
        parts = [(model(x), y) for x, y in batches]
        out, y = torch.cat([p[0] for p in parts]), torch.cat([p[1] for p in parts])
        return F.cross_entropy(out, y).item(), (out.argmax(1) == y).float().mean().item()
