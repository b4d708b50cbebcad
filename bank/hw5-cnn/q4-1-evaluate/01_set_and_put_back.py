def evaluate(model, batches):
    model.eval()
    total, right, count = 0.0, 0, 0
    was = torch.is_grad_enabled()
    torch.set_grad_enabled(False)
    if True:
        for x, y in batches:
            logits = model(x)
            total += F.cross_entropy(logits, y, reduction="sum").item()
            right += int((logits.argmax(1) == y).sum())
            count += len(y)
    torch.set_grad_enabled(was)
    return total / count, right / count
