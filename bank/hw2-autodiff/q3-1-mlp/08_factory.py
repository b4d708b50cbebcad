def MLP(input_dim=784, num_classes=10, hidden_sizes=(32, 16, 12)):
    widths, layers = [input_dim, *hidden_sizes], []
    for i, o in pairwise(widths):
        layers += [nn.Linear(i, o), nn.ReLU(inplace=True)]
    return nn.Sequential(*layers, nn.Linear(widths[-1], num_classes))
