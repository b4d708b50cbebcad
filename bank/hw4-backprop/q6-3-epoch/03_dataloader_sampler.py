def train_one_epoch(model, images, labels, lr, batch_size, generator):
    from torch.utils.data import DataLoader, TensorDataset

    order = torch.randperm(len(images), generator=generator).tolist()
    loader = DataLoader(TensorDataset(images, labels), batch_size=batch_size, sampler=order)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    model.train()
    total = torch.zeros((), device=labels.device)
    for x, y in loader:
        loss = F.cross_entropy(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.detach() * len(y)
    return (total / len(images)).item()
