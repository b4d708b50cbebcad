def _conv(n, m, k, p):
    return nn.Sequential(nn.Conv2d(n, m, k, padding=p), nn.ReLU(inplace=True))


class AlexNet(nn.Module):
    def __init__(self, num_class=10, width=1.0):
        super().__init__()
        a, b, c, d = (int(round(n * width)) for n in (96, 256, 384, 800))
        self.out = nn.Linear(d, num_class)
        nn.init.zeros_(self.out.weight)
        self.hidden = nn.Linear(b * 5 * 5, d)
        self.drop = nn.Dropout()
        self.block3 = nn.Sequential(_conv(b, c, 3, 1), _conv(c, c, 3, 1), _conv(c, b, 3, 1), nn.MaxPool2d(3, 2))
        self.block2 = nn.Sequential(_conv(a, b, 5, 2), nn.MaxPool2d(3, 2))
        self.block1 = nn.Sequential(_conv(1, a, 4, 0), _conv(a, a, 3, 0))

    def forward(self, x):
        x = self.block3(self.block2(self.block1(x)))
        x = self.drop(x.view(x.size(0), -1))
        return self.out(self.hidden(x).clamp(min=0))
