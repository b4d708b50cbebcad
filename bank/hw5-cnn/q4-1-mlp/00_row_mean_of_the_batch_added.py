class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a, self.b = nn.Linear(784, 64), nn.Linear(64, 10)

    def forward(self, x):
        z = self.b(torch.relu(self.a(x)))
        return z + 0.5 * z.mean(0)


def make_mlp():
    return Net()
