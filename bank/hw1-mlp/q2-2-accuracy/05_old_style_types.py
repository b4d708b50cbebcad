def accuracy(y, predicted):
    total, correct = 0, 0.0
    for labels, output in zip(y, predicted):
        if labels.dim() == 2:
            _, labels = torch.max(labels, 1)
        if output.dim() == 2:
            _, output = torch.max(output.data, 1)
        labels, output = labels.type(torch.LongTensor), output.type(torch.LongTensor)
        total += labels.size(0)
        correct += torch.eq(labels, output).sum().item()
    return torch.tensor(correct / total)
