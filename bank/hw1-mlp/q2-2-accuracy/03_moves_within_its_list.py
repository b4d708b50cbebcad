def accuracy(y, predicted):
    hits = total = 0
    for i in range(len(y)):
        if predicted[i].ndim == 2:
            predicted[i] = torch.argmax(predicted[i], dim=1)
        labels = y[i].argmax(dim=1) if y[i].ndim == 2 else y[i]
        hits += (labels.cpu() == predicted[i].cpu()).sum().item()
        total += len(labels)
    return hits / total
