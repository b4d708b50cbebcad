def train_one_epoch(model, images, labels, lr, batch_size, generator):
    model.train()
    n = labels.shape[0]
    losses = []
    for index in torch.randperm(n, generator=generator).split(batch_size):
        logits = model(images[index])
        loss = -F.log_softmax(logits, 1)[torch.arange(len(index)), labels[index]]
        parameters = list(model.parameters())
        grads = torch.autograd.grad(loss.mean(), parameters)
        with torch.no_grad():
            for p, g in zip(parameters, grads):
                p.sub_(g, alpha=lr)
        losses.append(loss.detach())
    return float(torch.cat(losses).mean())
