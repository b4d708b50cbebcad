def train_one_epoch(model, images, labels, lr, batch_size, generator):
    model.train()
    criterion, losses = nn.CrossEntropyLoss(reduction="none"), []
    order = torch.randperm(images.shape[0], generator=generator)
    for index in torch.split(order, batch_size):
        each = criterion(model(images[index.to(images.device)]), labels[index.to(labels.device)])
        model.zero_grad(set_to_none=True)
        each.mean().backward()
        with torch.no_grad():
            for p in model.parameters():
                p.sub_(p.grad, alpha=lr)
        losses.append(each.detach())
    return torch.cat(losses).mean()
