def test(model, train_dataloader, test_dataloader):
    was_training = model.training
    model.eval()

    def run(loader):
        truth, guess = [], []
        for images, labels in loader:
            with torch.no_grad():
                p = model(images.reshape(images.shape[0], -1).to(device))
            guess.extend(p.cpu().numpy().argmax(axis=1))
            truth.extend(labels.numpy())
        return np.mean(np.array(guess) == np.array(truth))

    answer = [run(train_dataloader), run(test_dataloader)]
    model.train(was_training)
    return answer
