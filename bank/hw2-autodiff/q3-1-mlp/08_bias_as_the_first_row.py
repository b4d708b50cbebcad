class MLP(nn.Module):
    def __init__(self, input_dim=784, num_classes=10, hidden_sizes=(32, 16, 12)):
        super().__init__()
        sizes = [input_dim, *hidden_sizes, num_classes]
        self.W = nn.ParameterList(torch.randn(i + 1, o) / i**0.5 for i, o in zip(sizes, sizes[1:]))

    def forward(self, x):
        for k, W in enumerate(self.W):
            if k:
                x = torch.relu(x)
            x = torch.cat([torch.ones(len(x), 1), x], dim=1) @ W
        return x
