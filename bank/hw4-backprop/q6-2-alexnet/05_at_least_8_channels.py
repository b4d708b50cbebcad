class AlexNet(nn.Module):
    """Images (N, 1, 28, 28) to logits (N, num_class)."""

    def __init__(self, num_class=10, width=1.0):
        super().__init__()
        a, b, c, d = (max(8, round(n * width)) for n in (96, 256, 384, 800))
        self.features = nn.Sequential(
            nn.Conv2d(1, a, 4), nn.ReLU(),
            nn.Conv2d(a, a, 3), nn.ReLU(),
            nn.Conv2d(a, b, 5, padding=2), nn.ReLU(),
            nn.MaxPool2d(3, 2),
            nn.Conv2d(b, c, 3, padding=1), nn.ReLU(),
            nn.Conv2d(c, c, 3, padding=1), nn.ReLU(),
            nn.Conv2d(c, b, 3, padding=1), nn.ReLU(),
            nn.MaxPool2d(3, 2),
        )
        self.dropout = nn.Dropout(0.5)
        self.fc1 = nn.Linear(25 * b, d)
        self.fc2 = nn.Linear(d, num_class)

    def forward(self, x):
        x = self.features(x)
        x = self.dropout(x.flatten(1))
        x = torch.relu(self.fc1(x))
        return self.fc2(x)
