def test(model, train_dataloader, test_dataloader):
    def fraction(loader):
        hits = []
        for images, labels in loader:
            for i in range(len(images)):
                row = images[i].flatten().unsqueeze(0).to(device)
                hits.append(model(row)[0].argmax().item() == labels[i].item())
        return sum(hits) / len(hits)

    was = model.training
    model.eval()
    try:
        with torch.no_grad():
            return fraction(train_dataloader), fraction(test_dataloader)
    finally:
        model.train(was)
