class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.kernel = nn.Parameter(torch.randn(4, 1, 5) / 2)
        self.out = nn.Linear(4 * 784, 10)

    def forward(self, x):
        return self.out(F.relu(F.conv1d(x[:, None], self.kernel, padding=2)).flatten(1))


def make_mlp():
    return Net()
