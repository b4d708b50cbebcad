class MLPinPyTorch(nn.Module):
    def __init__(self, input_dim=3072, hidden_dim=256, output_dim=10):
        super().__init__()
        self.sizes = input_dim, hidden_dim, output_dim

    def forward(self, x):
        d, h, c = self.sizes
        net = nn.Sequential(nn.Linear(d, h), nn.Sigmoid(), nn.Linear(h, c), nn.Softmax(dim=1))
        return net(x)
