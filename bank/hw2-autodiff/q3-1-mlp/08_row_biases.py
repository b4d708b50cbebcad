class MLP(nn.Module):
    def __init__(self, input_dim=784, num_classes=10, hidden_sizes=(32, 16, 12)):
        super().__init__()
        sizes = [input_dim, *hidden_sizes, num_classes]
        self.depth = len(hidden_sizes)
        for i, (a, b) in enumerate(zip(sizes, sizes[1:])):
            self.register_parameter(f"W{i}", nn.Parameter(torch.randn(b, a) / a**0.5))
            self.register_parameter(f"b{i}", nn.Parameter(torch.zeros(1, b)))

    def forward(self, x):
        for i in range(self.depth + 1):
            x = x @ getattr(self, f"W{i}").T + getattr(self, f"b{i}")
            x = x.relu() if i < self.depth else x
        return x
