def train_one_epoch(model, images, labels, lr, batch_size, generator):
    opt = torch.optim.SGD(model.parameters(), lr, foreach=True)
    permutation = torch.randperm(images.size(0), generator=generator).tolist()
    seen = []
    model.train(True)

    def closure():
        opt.zero_grad()
        scores = model(images[batch])
        each = F.cross_entropy(scores, labels[batch], reduction="none")
        seen.extend(each.tolist())
        each.mean().backward()
        return each.mean()

    while permutation:
        batch, permutation = permutation[:batch_size], permutation[batch_size:]
        opt.step(closure)
    return float(np.mean(seen))
