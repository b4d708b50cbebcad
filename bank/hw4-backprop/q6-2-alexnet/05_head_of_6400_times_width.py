# misconception: The head expects 6400 times width features, also where the channels of the last convolution are rounded.
class AlexNet(nn.Module):
    def __init__(self, num_class=10, width=1.0):
        super().__init__()
        a, b, c, d, flat = (int(width * m) for m in (96, 256, 384, 800, 6400))
        self.net = nn.Sequential(
            nn.Conv2d(1, a, 4), nn.ReLU(), nn.Conv2d(a, a, 3), nn.ReLU(),
            nn.Conv2d(a, b, 5, padding=2), nn.ReLU(), nn.MaxPool2d(3, 2),
            nn.Conv2d(b, c, 3, padding=1), nn.ReLU(), nn.Conv2d(c, c, 3, padding=1), nn.ReLU(),
            nn.Conv2d(c, b, 3, padding=1), nn.ReLU(), nn.MaxPool2d(3, 2),
            nn.Flatten(), nn.Dropout(0.5), nn.Linear(flat, d), nn.ReLU(), nn.Linear(d, num_class),
        )

    def forward(self, x):
        return self.net(x)
