class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv, self.out = nn.Conv2d(3, 16, 3, stride=4), nn.Linear(16 * 64, 10)

    def forward(self, x):
        x = x / x.abs().max()
        return self.out(F.relu(self.conv(x)).flatten(1))


def make_cnn():
    return Net()
