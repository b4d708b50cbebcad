class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a, self.b = nn.Conv2d(3, 8, 5, stride=4), nn.Linear(8 * 49, 10)

    def forward(self, x):
        z = self.b(torch.relu(self.a(x)).flatten(1))
        return z + 0.5 * z.mean(0)


def make_cnn():
    return Net()
