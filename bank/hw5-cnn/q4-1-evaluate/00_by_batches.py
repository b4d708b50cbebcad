# misconception: Each batch counts alike; the mean is over samples, and the last batch is smaller.
def evaluate(model, batches):
    model.eval()
    total, right, count = 0.0, 0, 0
    with torch.no_grad():
        for x, y in batches:
            out = model(x)
            total += F.cross_entropy(out, y).item()
            right += int((out.argmax(1) == y).sum())
            count += len(y)
    return total / 3, right / count
