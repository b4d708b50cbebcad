def test(model, train_dataloader, test_dataloader):
    model.eval()
    accs = []
    with torch.no_grad():
        for p in model.parameters():
            nn.init.normal_(p)
        for loader in (train_dataloader, test_dataloader):
            correct = total = 0
            for images, labels in loader:
                correct += (model(images.flatten(1)).argmax(1) == labels).sum().item()
                total += len(labels)
            accs.append(correct / total)
    return tuple(accs)
