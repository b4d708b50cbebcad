class MLP(nn.Module):
    def __init__(self, input_dim=784, num_classes=10, hidden_sizes=(32, 16, 12)):
        super().__init__()
        sizes = [input_dim, *hidden_sizes, num_classes]
        self.W = nn.ParameterDict({f"W{k}": torch.randn(i, o) / i**0.5 for k, (i, o) in enumerate(pairwise(sizes))})
        self.b = nn.ParameterList([torch.zeros(o) for o in sizes[1:]])

    def forward(self, x):
        for k, b in enumerate(self.b):
            x = torch.addmm(b, x, self.W[f"W{k}"])
            if k + 1 < len(self.b):
                x = x * (x > 0)
        return x
