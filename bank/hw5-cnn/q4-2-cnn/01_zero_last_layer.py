class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.head = nn.Linear(32, 10)
        self.body = nn.Sequential(nn.Conv2d(3, 32, 5, stride=2), nn.BatchNorm2d(32), nn.SiLU())
        nn.init.zeros_(self.head.weight)
        nn.init.zeros_(self.body[1].weight)

    def forward(self, x):
        return self.head(self.body(x).amax((2, 3)))


def make_cnn():
    return Net()
