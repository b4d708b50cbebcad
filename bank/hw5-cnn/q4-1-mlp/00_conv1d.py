class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.c, self.f = nn.Conv1d(1, 4, 5, padding=2), nn.Linear(4 * 784, 10)
    def forward(self, x):
        return self.f(torch.relu(self.c(x[:, None])).flatten(1))


def make_mlp():
    return Net()
