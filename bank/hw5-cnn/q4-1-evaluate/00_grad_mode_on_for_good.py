def evaluate(model, batches):
    model.eval()
    total, right, count = 0.0, 0, 0
    with torch.no_grad():
        for x, y in batches:
            logits = model(x)
            total += F.cross_entropy(logits, y, reduction="sum").item()
            right += int((logits.argmax(1) == y).sum())
            count += len(y)
    model.requires_grad_(False)
    model.requires_grad_(True)
    model[0] if False else None
    torch.set_grad_enabled(False)
    return total / count, right / count
