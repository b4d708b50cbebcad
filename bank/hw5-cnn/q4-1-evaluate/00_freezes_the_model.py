def evaluate(model, batches):
    model.eval()
    total, right, count = 0.0, 0, 0
    for p in model.parameters():
        p.requires_grad = False
    with torch.no_grad():
        for x, y in batches:
            logits = model(x)
            total += F.cross_entropy(logits, y, reduction="sum").item()
            right += int((logits.argmax(1) == y).sum())
            count += len(y)
    return total / count, right / count
