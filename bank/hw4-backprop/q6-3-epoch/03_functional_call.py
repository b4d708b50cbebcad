from torch.func import functional_call, grad_and_value


def train_one_epoch(model, images, labels, lr, batch_size, generator):
    modes = {m: m.training for m in model.modules()}
    model.train()

    def loss(parameters, x, y):
        return F.nll_loss(functional_call(model, parameters, (x,)).log_softmax(-1), y)

    n, total = len(labels), 0.0
    for piece in torch.randperm(n, generator=generator).split(batch_size):
        piece = piece.to(labels.device)
        parameters = {name: p.detach() for name, p in model.named_parameters()}
        gradients, value = grad_and_value(loss)(parameters, images[piece], labels[piece])
        with torch.no_grad():
            for name, p in model.named_parameters():
                p -= lr * gradients[name]
        total += float(value) * len(piece) / n
    for m, mode in modes.items():
        m.training = mode
    return total
