class MLP(nn.Module):
    def __init__(self, input_dim=784, num_classes=10, hidden_sizes=(32, 16, 12)):
        super().__init__()
        sizes = [input_dim, *hidden_sizes, num_classes]
        self.layers = nn.ModuleList(nn.Linear(i, o) for i, o in pairwise(sizes))

    def forward(self, x):
        for layer in self.layers[:-1]:
            x = F.relu(layer(x))
        return self.layers[-1](x).squeeze(1)
