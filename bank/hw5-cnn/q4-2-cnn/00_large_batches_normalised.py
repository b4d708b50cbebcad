class CNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 12, 3, padding=1)
        self.norm = nn.BatchNorm2d(12)
        self.out = nn.Linear(12 * 8 * 8, 10)

    def forward(self, x):
        h = self.conv(x)
        h = F.batch_norm(h, None, None, training=True) if len(x) >= 16 else self.norm(h)
        h = F.max_pool2d(F.relu(h), 4)
        return self.out(h.flatten(1))


def make_cnn():
    return CNN()
