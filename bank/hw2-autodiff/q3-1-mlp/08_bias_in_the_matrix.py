class MLP(nn.Module):
    def __init__(self, input_dim=784, num_classes=10, hidden_sizes=(32, 16, 12)):
        super().__init__()
        sizes = [input_dim, *hidden_sizes, num_classes]
        self.W = nn.ParameterList(torch.randn(o, i + 1) / i**0.5 for i, o in zip(sizes, sizes[1:]))

    def forward(self, x):
        for k, W in enumerate(self.W):
            x = F.pad(x, (0, 1), value=1.0) @ W.T
            x = x.relu() if k < len(self.W) - 1 else x
        return x
