class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.first, self.second = nn.Linear(784, 128), nn.Linear(128, 10)

    def forward(self, x):
        return self.second(F.dropout(F.relu(self.first(x)), 0.2))


def make_mlp():
    return Net()
