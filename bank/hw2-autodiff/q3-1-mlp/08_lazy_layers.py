class MLP(nn.Module):
    def __init__(self, input_dim=784, num_classes=10, hidden_sizes=(32, 16, 12)):
        super().__init__()
        sizes = [*hidden_sizes, num_classes]
        self.layers = nn.ModuleList(nn.LazyLinear(n) for n in sizes)

    def forward(self, x):
        *hidden, last = self.layers
        for layer in hidden:
            x = torch.maximum(layer(x), torch.zeros(()))
        return last(x)
