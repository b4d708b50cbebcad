class AlexNet(nn.Module):
    def __init__(self, num_class=10, width=1.0):
        super().__init__()
        a, b, c, d = (round(n * width) for n in (96, 256, 384, 800))
        self.features = nn.Sequential(
            nn.Conv2d(1, a, 4), nn.ReLU6(),
            nn.Conv2d(a, a, 3), nn.ReLU6(),
            nn.Conv2d(a, b, 5, padding=2), nn.ReLU6(),
            nn.MaxPool2d(3, 2),
            nn.Conv2d(b, c, 3, padding=1), nn.ReLU6(),
            nn.Conv2d(c, c, 3, padding=1), nn.ReLU6(),
            nn.Conv2d(c, b, 3, padding=1), nn.ReLU6(),
            nn.MaxPool2d(3, 2),
        )
        self.head = nn.Sequential(nn.Flatten(), nn.Dropout(0.5), nn.Linear(25 * b, d), nn.ReLU6(), nn.Linear(d, num_class))

    def forward(self, x):
        return self.head(self.features(x))
