def accuracy(y, predicted):
    a, b = torch.cat(y), torch.cat(predicted)
    return sum(a == b) / len(a)
