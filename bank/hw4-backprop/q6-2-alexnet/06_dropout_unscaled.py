# misconception: What is kept in training is not doubled: without that, evaluation mode gives twice what training was used to.
class AlexNet(nn.Module):
    def __init__(self, num_class=10, width=1.0):
        super().__init__()
        a, b, c, d = (round(width * n) for n in (96, 256, 384, 800))
        self.features = nn.Sequential(
            nn.Conv2d(1, a, 4), nn.ReLU(), nn.Conv2d(a, a, 3), nn.ReLU(),
            nn.Conv2d(a, b, 5, padding=2), nn.ReLU(), nn.MaxPool2d(3, 2),
            nn.Conv2d(b, c, 3, padding=1), nn.ReLU(), nn.Conv2d(c, c, 3, padding=1), nn.ReLU(),
            nn.Conv2d(c, b, 3, padding=1), nn.ReLU(), nn.MaxPool2d(3, 2),
        )  # fmt: skip
        self.head = nn.Sequential(nn.Linear(25 * b, d), nn.ReLU(), nn.Linear(d, num_class))

    def forward(self, x):
        x = self.features(x).flatten(1)
        if self.training:
            x = x * (torch.rand_like(x) < 0.5)
        return self.head(x)
