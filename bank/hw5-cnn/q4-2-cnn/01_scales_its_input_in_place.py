# the input is centred and scaled in place
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv, self.norm, self.out = nn.Conv2d(3, 16, 5, stride=2), nn.BatchNorm2d(16), nn.Linear(16, 10)

    def forward(self, x):
        x.sub_(0.1).mul_(2)
        return self.out(F.relu(self.norm(self.conv(x)), inplace=True).amax(dim=(2, 3)))


def make_cnn():
    return Net()
