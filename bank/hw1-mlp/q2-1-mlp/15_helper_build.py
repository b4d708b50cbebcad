def build(d, h, c):
    return nn.Sequential(nn.Linear(d, h), nn.Sigmoid(), nn.Linear(h, c), nn.Softmax(1))


class MLPinPyTorch(nn.Module):
    def __init__(self, input_dim=3072, hidden_dim=256, output_dim=10):
        super().__init__()
        self.model = build(input_dim, hidden_dim, output_dim)

    def forward(self, x):
        return self.model(x)
