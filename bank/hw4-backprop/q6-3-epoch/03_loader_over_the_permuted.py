from torch.utils.data import DataLoader, TensorDataset

loss = nn.CrossEntropyLoss()


def train_one_epoch(model, images, labels, lr, batch_size, generator):
    mode = model.training
    model.train()
    order = torch.randperm(images.shape[0], generator=generator)
    data = TensorDataset(images[order], labels[order])
    losses, sizes = [], []
    for x, y in DataLoader(data, batch_size=batch_size, shuffle=False):
        model.zero_grad(set_to_none=False)
        value = loss(model(x), y)
        value.backward()
        for p in model.parameters():
            p.data.sub_(p.grad, alpha=lr)
        losses.append(value.item())
        sizes.append(y.numel())
    model.train(mode)
    return np.average(losses, weights=sizes)
