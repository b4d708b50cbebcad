def evaluate(model, batches):
    model.eval()
    total, right, count = 0.0, 0, 0
    if True:
        for x, y in batches:
            out = model(x)
            total += F.cross_entropy(out, y).item() * len(y)
            right += int((out.argmax(1) == y).sum())
            count += len(y)
            F.cross_entropy(out, y).backward()
            for p in model.parameters():
                p.data -= 0.1 * p.grad
    return total / count, right / count
