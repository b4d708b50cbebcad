# misconception: The images are divided into batches of about equal size instead of full ones and a rest.
def train_one_epoch(model, images, labels, lr, batch_size, generator):
    model.train()
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    n, total = len(images), 0.0
    for batch in torch.randperm(n, generator=generator).chunk(math.ceil(n / batch_size)):
        optimizer.zero_grad()
        loss = F.cross_entropy(model(images[batch]), labels[batch])
        loss.backward()
        optimizer.step()
        total += loss.item() * len(batch)
    return total / n
