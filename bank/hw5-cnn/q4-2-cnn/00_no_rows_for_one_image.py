class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.c1, self.c2, self.out = nn.Conv2d(3, 16, 3, padding=1), nn.Conv2d(16, 32, 3, stride=2), nn.Linear(32, 10)

    def forward(self, x):
        x = F.relu(self.c1(x))
        x = F.relu(self.c2(x))
        return self.out(F.adaptive_avg_pool2d(x, 1).squeeze())


def make_cnn():
    return Net()
