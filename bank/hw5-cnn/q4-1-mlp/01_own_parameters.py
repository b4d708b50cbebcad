class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.A = nn.Parameter(torch.randn(784, 64) / 28)
        self.B = nn.Parameter(torch.randn(64, 10) / 8)
        self.b = nn.Parameter(torch.zeros(10))

    def forward(self, x):
        return torch.sigmoid(x @ self.A) @ self.B + self.b


def make_mlp():
    return Net()
