def evaluate(model, batches):
    model.eval()
    total, right, count = 0.0, 0, 0
    with torch.no_grad():
        for x, y in batches:
            out = model(x)
            total += F.cross_entropy(out, y).item() * len(y)
            right += int((out.argmax(1) == y).sum())
            count += len(y)
    return total / count, right / count
