class AlexNet(nn.Module):
    def __init__(self, num_class=10, width=1.0):
        super().__init__()
        c = [int(width * n) for n in (96, 256, 384, 800)]
        layers = []
        for i, o, k, p, pool in ((1, c[0], 4, 0, 0), (c[0], c[0], 3, 0, 0), (c[0], c[1], 5, 2, 1), (c[1], c[2], 3, 1, 0), (c[2], c[2], 3, 1, 0), (c[2], c[1], 3, 1, 1)):
            layers += [nn.Conv2d(i, o, k, 1, p), nn.ReLU(inplace=True)]
            if pool:
                layers.append(nn.MaxPool2d(3, 2))
        layers += [nn.AdaptiveAvgPool2d(5), nn.Flatten(), nn.Dropout(), nn.Linear(25 * c[1], c[3]), nn.ReLU(), nn.Linear(c[3], num_class)]
        self.net = nn.Sequential(*layers)
    def forward(self, x):
        return self.net(x)
