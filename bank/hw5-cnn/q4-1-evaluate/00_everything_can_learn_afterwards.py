def evaluate(model, batches):
    model.eval()
    for p in model.parameters():
        p.requires_grad = False
    total, right, count = 0.0, 0, 0
    with torch.no_grad():
        for x, y in batches:
            logits = model(x)
            total += F.cross_entropy(logits, y).item() * len(y)
            right += (logits.argmax(1) == y).sum().item()
            count += len(y)
    for p in model.parameters():
        p.requires_grad = True
    return total / count, right / count
