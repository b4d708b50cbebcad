class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a, self.b = nn.Linear(784, 64), nn.Linear(64, 10)
    def forward(self, x):
        h = torch.relu(self.a(x))
        return self.b(h - h.mean(0))


def make_mlp():
    return Net()
