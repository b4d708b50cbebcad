def training_accuracy(model, images, labels, batch_size=64):
    training = model.training
    try:
        model.eval()
        with torch.no_grad():
            hits = []
            for i in range(0, len(labels), batch_size):
                _, best = model(images[i : i + batch_size]).max(1)
                hits.extend((best == labels[i : i + batch_size]).tolist())
    finally:
        model.train(training)
    return np.mean(hits)
