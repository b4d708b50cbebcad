class Block(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.inner = nn.Sequential(nn.BatchNorm1d(n), nn.ReLU(), nn.Linear(n, n))
    def forward(self, x):
        return x + self.inner(x)


def make_mlp():
    return nn.Sequential(nn.Linear(784, 128), Block(128), Block(128), nn.Linear(128, 10))
