# the network is made float32
def evaluate(model, batches):
    model.float().eval()
    loss, right, n = 0.0, 0, 0
    with torch.no_grad():
        for x, y in batches:
            z = model(x.float())
            loss += F.cross_entropy(z, y).item() * len(y)
            right += (z.argmax(1) == y).sum().item()
            n += len(y)
    return loss / n, right / n
