def training_accuracy(model, images, labels, batch_size=64):
    before = model.training
    model.train(False)
    with torch.inference_mode():
        guesses = torch.cat([model(batch).argmax(-1) for batch in torch.split(images, batch_size)])
    model.train(before)
    return torch.mean((guesses == labels).float())
