class AlexNet(nn.Module):
    def __init__(self, num_class=10, width=1.0):
        super().__init__()
        n = [round(width * m) for m in (96, 96, 256, 384, 384, 256, 800)]
        layers, channels = [], 1
        for place, (m, k, p) in enumerate(zip(n, (4, 3, 5, 3, 3, 3), (0, 0, 2, 1, 1, 1))):
            layers += [nn.Conv2d(channels, m, k, padding=p), nn.ReLU()]
            channels = m
            if place in (2, 5):
                layers.append(nn.MaxPool2d(kernel_size=3, stride=2))
        self.body = nn.Sequential(*layers, nn.AdaptiveMaxPool2d(5), nn.Flatten(), nn.Dropout(0.5))
        self.head = nn.Sequential(nn.Linear(n[5] * 25, n[6]), nn.ReLU(), nn.Linear(n[6], num_class))

    def forward(self, images):
        return self.head(self.body(images))
