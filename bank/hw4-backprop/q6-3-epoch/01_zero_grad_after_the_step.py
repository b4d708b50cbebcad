# misconception: Gradients are cleared after each step only: those with which the model arrives go into the first step.
class SGD:
    def __init__(self, params, lr):
        self.params, self.lr = list(params), lr

    @torch.no_grad()
    def step(self):
        for p in self.params:
            p.add_(p.grad, alpha=-self.lr)
            p.grad = None


def train_one_epoch(model, images, labels, lr, batch_size, generator):
    model.train()
    opt, n, running = SGD(model.parameters(), lr), labels.size(0), 0.0
    order = torch.randperm(n, generator=generator).tolist()
    while order:
        batch, order = order[:batch_size], order[batch_size:]
        out = model(images[batch])
        loss = -F.log_softmax(out, dim=-1)[range(len(batch)), labels[batch]].mean()
        loss.backward()
        opt.step()
        running += len(batch) * float(loss)
    return running / n
